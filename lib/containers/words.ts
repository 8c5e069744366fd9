/** Takes a command line apart as a shell does: blanks, quotes and backslashes; nothing else of a shell has a meaning. */
export function parseWords(text: string): { ok: true; words: string[] } | { ok: false; reason: string } {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quote) {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"' && /["\\$`]/.test(text[at + 1] ?? '')) word += text[++at]!;
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (character === '\\') {
      if (at + 1 === text.length) return { ok: false, reason: 'Nothing follows the backslash at the end.' };
      word = (word ?? '') + text[++at]!;
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (quote) return { ok: false, reason: `A quotation mark (${quote}) is not closed.` };
  if (word !== null) words.push(word);
  return { ok: true, words };
}

/** The words as one writes them: quoted where they need it. */
export const formatWords = (words: readonly string[]): string =>
  words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
