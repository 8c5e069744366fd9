/** A word of a shell line with its position. */
export interface Word {
  /** The original text. */
  text: string;
  /** Without quotes; null if the shell would expand it. */
  value: string | null;
  start: number;
  end: number;
}

interface WordRules {
  /** Whether the word ends here; blanks always end it. */
  endsAt?: (text: string, at: number) => boolean;
  /** Variables, command substitutions and patterns are special; otherwise they are text. */
  expands: boolean;
}

/** Of brackets and quotes in each other. */
const maxDepth = 200;

/** The position after a quoted or bracketed part that starts at `at`; -1 if it does not end. */
function endOfPiece(text: string, at: number, expands: boolean, depth = 0): number {
  if (depth > maxDepth) return -1;
  const open = text[at]!;
  if (open === "'") return text.indexOf("'", at + 1) + 1 || -1;
  const close = open === '(' ? ')' : open === '{' ? '}' : open;
  const isBracket = close !== open;
  for (let index = at + 1; index < text.length;) {
    const char = text[index]!;
    if (char === '\\') index += 2;
    else if (char === close) return index + 1;
    else if (isBracket && (char === open || '\'"`'.includes(char)))
      index = endOfPiece(text, index, expands, depth + 1);
    else if (open === '"' && expands && char === '`') index = endOfPiece(text, index, expands, depth + 1);
    else if (open === '"' && expands && char === '$' && /[({]/.test(text[index + 1] ?? ''))
      index = endOfPiece(text, index + 1, expands, depth + 1);
    else index += 1;
    if (index < 1) return -1;
  }
  return -1;
}

/**
 * The word that starts at `start`, by the quoting rules of POSIX.1-2017, 2.2, without evaluation. `open`: the
 * unclosed quote or bracket, or a trailing backslash; the word is then the rest of the text.
 */
export function readWord(
  text: string,
  start: number,
  { endsAt, expands }: WordRules,
): { word: Word; open: string | null } {
  let at = start;
  let value: string | null = '';
  let open: string | null = null;
  const add = (piece: string) => {
    if (value !== null) value += piece;
  };
  while (at < text.length) {
    const char = text[at]!;
    if (/\s/.test(char) || endsAt?.(text, at)) break;
    const isCommand = expands && (char === '`' || (char === '$' && /[({]/.test(text[at + 1] ?? '')));
    if (char === '\\') {
      const next = text[at + 1];
      if (next === undefined) open = char;
      else if (next !== '\n') add(next);
      at += 2;
    } else if (isCommand || char === "'" || char === '"') {
      const from = char === '$' ? at + 1 : at;
      const end = endOfPiece(text, from, expands);
      if (end < 0) {
        open = text[from]!;
        at = text.length;
        break;
      }
      const inner = text.slice(at + 1, end - 1);
      if (isCommand || (char === '"' && expands && /[$`]/.test(inner))) value = null;
      else add(char === '"' ? inner.replace(/\\(?:\n|(["\\$`]))/g, '$1') : inner);
      at = end;
    } else {
      if (expands && ('$*?['.includes(char) || (char === '~' && at === start))) value = null;
      else add(char);
      at += 1;
    }
  }
  const end = Math.min(at, text.length);
  return { word: { text: text.slice(start, end), value, start, end }, open };
}

/** Quotes `word` for a shell. */
export const quoteWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
