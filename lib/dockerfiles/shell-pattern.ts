/** A pattern of `${NAME#…}`: literal characters, `any` for `*`, `one` for `?`. There are no brackets. */
type ShellPattern = readonly (string | { wildcard: 'any' | 'one' })[];

/** Throws where a backslash stands before something that needs none. */
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

/** Steps of matching, after which a pattern costs more than it can be worth. */
const budget = 200_000;

/**
 * Where the shortest or longest match that begins at `from` ends; -1 where there is none. All ways through the pattern
 * are followed at once, so no pattern takes longer than its length times that of the text.
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

/** Without what the pattern matches at the beginning: `${NAME#…}` the shortest, `${NAME##…}` the longest. */
export function trimPrefix(text: string, pattern: ShellPattern, longest: boolean): string {
  const characters = Array.from(text);
  const end = matchEnd(pattern, characters, 0, longest, { left: budget });
  return end < 0 ? text : characters.slice(end).join('');
}

/** The same at the end: `${NAME%…}` and `${NAME%%…}`. */
export function trimSuffix(text: string, pattern: ShellPattern, longest: boolean): string {
  const turned = Array.from(text).toReversed().join('');
  return Array.from(trimPrefix(turned, pattern.toReversed(), longest))
    .toReversed()
    .join('');
}

/** `${NAME/…/…}` puts something in for the first and longest match, `${NAME//…/…}` for each. */
export function replaceMatches(text: string, pattern: ShellPattern, put: string, all: boolean): string {
  const characters = Array.from(text);
  const cost = { left: budget };
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
    if (end === characters.length) break; // an empty match behind the last one is none
  }
  return replaced;
}
