/** A pattern of `${NAME#…}`: literal characters, `any` for `*`, `one` for `?`. Brackets are not supported. */
type ShellPattern = readonly (string | { wildcard: 'any' | 'one' })[];

/** Throws for a backslash before a character that needs no escape. */
export function parseShellPattern(text: string): ShellPattern {
  const pattern: ShellPattern[number][] = [];
  const characters = Array.from(text);
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!;
    const next = characters[at + 1];
    if (character === '*') pattern.push({ wildcard: 'any' });
    else if (character === '?') pattern.push({ wildcard: 'one' });
    else if (character !== '\\') pattern.push(character);
    else if (next === '}' || next === '/') continue;
    else if (next === '*' || next === '?' || next === '\\') {
      pattern.push(next);
      at += 1;
    } else throw new SyntaxError(`invalid escape “\\${next ?? ''}”`);
  }
  return pattern;
}

/** Limits of one match: a Dockerfile can have thousands of them, and values of this kind are short. */
const maxSteps = 5000;
const maxCharacters = 4096;

function charactersOf(text: string): string[] {
  if (text.length > maxCharacters) throw new SyntaxError('the value is too long for a pattern');
  return Array.from(text);
}

/**
 * The end of the shortest or longest match that starts at `from`; -1 if there is none. Follows all alternatives at
 * once, so that a pattern takes at most its length times that of the text.
 */
function matchEnd(
  pattern: ShellPattern,
  text: readonly string[],
  from: number,
  longest: boolean,
  cost: { left: number },
): number {
  const isAny = (at: number) => (pattern[at] as { wildcard?: string } | undefined)?.wildcard === 'any';
  const enter = (places: Set<number>, place: number) => {
    for (places.add(place); isAny(place); places.add(place)) place += 1;
  };
  let places = new Set<number>();
  enter(places, 0);
  let end = -1;
  for (let at = from; places.size > 0; at++) {
    if (places.has(pattern.length)) {
      end = at;
      if (!longest) return end;
    }
    const character = text[at];
    if (character === undefined) break;
    cost.left -= places.size;
    if (cost.left < 0) throw new SyntaxError('the pattern takes too long');
    const next = new Set<number>();
    for (const place of places) {
      const wanted = pattern[place];
      if (isAny(place)) enter(next, place);
      else if (wanted !== undefined && (wanted === character || typeof wanted !== 'string'))
        enter(next, place + 1);
    }
    places = next;
  }
  return end;
}

/** Removes a match at the start: `${NAME#…}` the shortest, `${NAME##…}` the longest. */
export function trimPrefix(text: string, pattern: ShellPattern, longest: boolean): string {
  const characters = charactersOf(text);
  const end = matchEnd(pattern, characters, 0, longest, { left: maxSteps });
  return end < 0 ? text : characters.slice(end).join('');
}

/** Removes a match at the end: `${NAME%…}` and `${NAME%%…}`. */
export function trimSuffix(text: string, pattern: ShellPattern, longest: boolean): string {
  const turned = charactersOf(text).toReversed().join('');
  return Array.from(trimPrefix(turned, pattern.toReversed(), longest))
    .toReversed()
    .join('');
}

/** `${NAME/…/…}` replaces the first longest match, `${NAME//…/…}` all of them. */
export function replaceMatches(text: string, pattern: ShellPattern, put: string, all: boolean): string {
  const characters = charactersOf(text);
  const cost = { left: maxSteps };
  let replaced = '';
  let done = false;
  let at = 0;
  while (at <= characters.length) {
    const end = done ? -1 : matchEnd(pattern, characters, at, true, cost);
    if (end >= 0) {
      replaced += put;
      done = !all;
    }
    if (end > at) at = end;
    else {
      replaced += characters[at] ?? '';
      at += 1;
    }
    if (done) return replaced + characters.slice(at).join('');
    if (end === characters.length) break; // an empty match at the end does not count
  }
  return replaced;
}
