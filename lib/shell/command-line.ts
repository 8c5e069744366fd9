import { quoteWord, readWord } from './word';

/** Takes a command line apart as a shell does: blanks, quotes and backslashes; nothing else of a shell has a meaning. */
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
    // A line that goes on is no word.
    if (word.text !== '\\\n') words.push(word.value ?? word.text);
    at = word.end;
  }
  return { ok: true, words };
}

/** The words as one writes them: quoted where they need it. */
export const formatWords = (words: readonly string[]): string => words.map(quoteWord).join(' ');
