import { quoteWord, readWord } from './word';

/** Splits a command line at blanks, with quotes and backslashes, but without other features of a shell. */
export function parseWords(text: string): { ok: true; words: string[] } | { ok: false; reason: string } {
  const words: string[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at]!)) {
      at += 1;
      continue;
    }
    const { word, open } = readWord(text, at, { expands: false });
    if (open === '\\') return { ok: false, reason: 'The backslash at the end escapes nothing.' };
    if (open) return { ok: false, reason: `A quotation mark (${open}) is not closed.` };
    // An open quote or trailing backslash.
    if (word.text !== '\\\n') words.push(word.value ?? word.text);
    at = word.end;
  }
  return { ok: true, words };
}

/** Joins words into a command line, quoted if necessary. */
export const formatWords = (words: readonly string[]): string => words.map(quoteWord).join(' ');
