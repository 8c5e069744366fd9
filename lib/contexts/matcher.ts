import type { Token } from './expression';

/** The first and last characters of every match: they exclude most paths. */
function fixedEnds(tokens: readonly Token[]): { head: string; tail: string } {
  const texts = tokens.map((token) => (token.kind === 'one' ? token.text : undefined));
  const first = texts.findIndex((text) => text === undefined);
  if (first < 0) return { head: texts.join(''), tail: '' };
  const last = texts.findLastIndex((text) => text === undefined);
  return { head: texts.slice(0, first).join(''), tail: texts.slice(last + 1).join('') };
}

/**
 * Whether a whole text matches. Follows all alternatives at once, character by character, so that there is at most
 * one comparison per token and character. JavaScript's regular expressions backtrack: a pattern with ten stars takes
 * seconds.
 */
export function matcher(tokens: readonly Token[]): (text: string) => boolean {
  const { head, tail } = fixedEnds(tokens);
  /** The step in which each token was last visited. */
  const entered = new Float64Array(tokens.length + 1);
  let step = 0;

  function enter(places: number[], start: number, before: number, after: number) {
    let at = start;
    while (entered[at] !== step) {
      entered[at] = step;
      const token = tokens[at];
      if (!token || token.kind === 'one') return void places.push(at);
      if (token.kind === 'many') places.push(at);
      if (token.kind === 'assertion' && !token.holds(before, after)) return;
      if (token.kind === 'optional') enter(places, at + 1, before, after);
      at = token.kind === 'optional' ? token.end : at + 1;
    }
  }

  return (text) => {
    if (!text.startsWith(head) || !text.endsWith(tail)) return false;
    let places: number[] = [];
    let at = 0;
    let before = -1;
    let after = text.codePointAt(0) ?? -1;
    step++;
    enter(places, 0, before, after);
    while (after !== -1 && places.length > 0) {
      const character = after;
      at += character > 0xffff ? 2 : 1;
      before = character;
      after = text.codePointAt(at) ?? -1;
      const next: number[] = [];
      step++;
      for (const place of places) {
        const token = tokens[place];
        if (!token || token.kind === 'optional' || token.kind === 'assertion') continue;
        if (token.accepts(character)) enter(next, token.kind === 'many' ? place : place + 1, before, after);
      }
      places = next;
    }
    return after === -1 && places.includes(tokens.length);
  };
}
