/**
 * Folds pieces of output into lines. The same fold counts lines while events are stored, finds them again for a reader
 * who opens the log in the middle, and draws them in the page: so a line has the same number everywhere.
 */
type LogStream = 'stdout' | 'stderr';

export interface LogLine {
  stream: LogStream;
  text: string;
}

/** The line that is not ended yet. */
export type OpenLine = LogLine | null;

/** Longer lines go on in the next one, so that one endless line costs no more than many short ones. UTF-16 units. */
export const maxLineLength = 8192;

/** What a carriage return leaves visible: the text after the last one that is followed by anything. */
function overwrite(text: string): string {
  const end = text.endsWith('\r') ? text.length - 1 : text.length;
  const at = text.lastIndexOf('\r', end - 1);
  return at < 0 ? text.slice(0, end) : text.slice(at + 1, end);
}

function cutAt(text: string): number {
  const code = text.charCodeAt(maxLineLength - 1);
  return code >= 0xd800 && code < 0xdc00 ? maxLineLength - 1 : maxLineLength; // never half a surrogate pair
}

/**
 * Adds a piece. `ended` are the lines that are now complete (the open one before, if it was there, is the first of
 * them or goes on in `open`).
 */
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
    while (line.length > maxLineLength) {
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
  // A lone \r at the very end may become \r\n with the next piece: it is kept.
  const held = rest.endsWith('\r') ? '\r' : '';
  rest = add(overwrite(rest)) + held;
  const open = rest ? { stream, text: rest } : null;
  return { ended, open };
}
