/**
 * Folds pieces of output into lines. The same fold counts lines when events are stored, finds them for a reader in
 * the middle of the log, and renders them in the page: so line numbers are the same everywhere.
 */
type LogStream = 'stdout' | 'stderr';

export interface LogLine {
  stream: LogStream;
  text: string;
}

/** The last line, not ended yet. */
export type OpenLine = LogLine | null;

/** Longer lines are split, so that an endless line costs no more than many short ones. UTF-16 units. */
export const maxLineCharacters = 8192;

/** The visible text after carriage returns: what follows the last one that is not at the end. */
function overwrite(text: string): string {
  const end = text.endsWith('\r') ? text.length - 1 : text.length;
  const at = text.lastIndexOf('\r', end - 1);
  return at < 0 ? text.slice(0, end) : text.slice(at + 1, end);
}

function cutAt(text: string): number {
  const code = text.charCodeAt(maxLineCharacters - 1);
  return code >= 0xd800 && code < 0xdc00 ? maxLineCharacters - 1 : maxLineCharacters; // never half a surrogate pair
}

/** Adds a piece. `ended`: the lines completed by it (the first one may continue the open line). */
export function foldLines(
  before: OpenLine,
  stream: LogStream,
  text: string,
): { ended: LogLine[]; open: OpenLine } {
  const ended: LogLine[] = [];
  let rest = '';
  if (before) {
    if (before.stream === stream) rest = before.text;
    else ended.push({ stream: before.stream, text: overwrite(before.text) });
  }
  const add = (piece: string) => {
    let line = piece;
    while (line.length > maxLineCharacters) {
      const cut = cutAt(line);
      ended.push({ stream, text: line.slice(0, cut) });
      line = line.slice(cut);
    }
    return line;
  };
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
    ended.push({ stream, text: add(overwrite(rest + text.slice(from, at))) });
    rest = '';
    from = at + 1;
  }
  rest += text.slice(from);
  // A \r at the very end may become \r\n with the next piece.
  const held = rest.endsWith('\r') ? '\r' : '';
  rest = add(overwrite(rest)) + held;
  const open = rest ? { stream, text: rest } : null;
  return { ended, open };
}
