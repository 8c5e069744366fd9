import { type AnsiStyle, readSequence, sgrOf } from '@/lib/format/ansi';
import { TerminalRow } from './terminal-row';

/**
 * Folds pieces of output into lines as a terminal of endless width shows them. The same fold counts lines when events
 * are stored, finds them for a reader in the middle of the log, and renders them in the page: so line numbers are the
 * same everywhere. Movements up and down are ignored: a line that has ended stays.
 */
type LogStream = 'stdout' | 'stderr';

export interface LogLine {
  stream: LogStream;
  /** With colours (SGR); other control sequences have been applied. */
  text: string;
  /** Number of characters after the limit; only the download has them. */
  omitted?: number;
}

/** A line that has not ended. */
export interface OpenLine extends LogLine {
  /** Where the next character is written, if not at the end. */
  column?: number;
  /** Where `ESC 8` returns to, if not to the start. */
  saved?: number;
  /** Of the next character. */
  style?: AnsiStyle;
  /** A control sequence that is not complete yet. */
  held?: string;
}

/** At most one of each stream, in the order of their beginnings. */
export type OpenLines = readonly OpenLine[];

/** Limit of a line, so that an endless one does not fill the memory. UTF-16 units. */
export const maxLineCharacters = 65_536;
/** Longer ones are shown as text. */
const maxSequenceCharacters = 4096;

// eslint-disable-next-line no-control-regex
const moves = /[\b\r\x1b]/;
/** One column each. */
const plain = /^[\x20-\x7e\r]*$/;

/** The visible ones among the open lines: a stream may only have a colour that its next line begins with. */
export function shownLines(open: OpenLines): LogLine[] {
  return open
    .filter((line) => line.text !== '' || line.held)
    .map((line) => (line.held ? { ...line, text: line.text + line.held } : line));
}

function cutAt(text: string): number {
  const code = text.charCodeAt(maxLineCharacters - 1);
  return code >= 0xd800 && code < 0xdc00 ? maxLineCharacters - 1 : maxLineCharacters; // never half a surrogate pair
}

const restored = (style: AnsiStyle | undefined) => (style ? sgrOf(style) : '');

/** The open line with a piece without line ends, colours or movements after it. */
function append(line: OpenLine, text: string): OpenLine {
  if (!text) return line;
  if (line.omitted) return { ...line, omitted: line.omitted + text.length };
  const whole = (line.text || restored(line.style)) + text;
  if (whole.length <= maxLineCharacters) return { ...line, text: whole };
  const cut = cutAt(whole);
  return { ...line, text: whole.slice(0, cut), omitted: whole.length - cut };
}

/** Start of the control sequence at the end that the next piece may complete; -1 if none. */
function unfinishedAt(text: string): number {
  const at = text.lastIndexOf('\x1b');
  // `ESC \` ends a text, and its escape character is the last one, too.
  const from = at > 0 && at === text.length - 1 ? text.lastIndexOf('\x1b', at - 1) : at;
  for (const start of new Set([from, at]))
    if (start >= 0 && text.length - start <= maxSequenceCharacters && !readSequence(text, start))
      return start;
  return -1;
}

/** A line without the carriage returns of its end: they change nothing, whatever their number. */
function withoutLineEnd(text: string, from: number, to: number): string {
  let end = to;
  while (end > from && text[end - 1] === '\r') end -= 1;
  return text.slice(from, end);
}

/** Most progress: plain text that is written over from the start. */
function overwrite(line: OpenLine, text: string): OpenLine {
  let shown = line.text;
  let column = line.column ?? shown.length;
  for (const [index, part] of text.split('\r').entries()) {
    if (index > 0) column = 0;
    shown = shown.slice(0, column) + part + shown.slice(column + part.length);
    column += part.length;
  }
  const { column: _column, ...rest } = line;
  return { ...rest, text: shown, ...(column < shown.length && { column }) };
}

function write(line: OpenLine, text: string, more: boolean): OpenLine {
  const joined = (line.held ?? '') + text;
  const { held: _held, ...free } = line;
  if (line.column === undefined && !moves.test(joined)) return append(free, joined);
  const isPlain = plain.test(line.text) && plain.test(joined) && (line.column ?? 0) <= line.text.length;
  if (isPlain && !line.style && line.text.length + joined.length <= maxLineCharacters)
    return overwrite(free, joined);
  const unfinished = more ? unfinishedAt(joined) : -1;
  const row = new TerminalRow(free, maxLineCharacters);
  row.write(unfinished < 0 ? joined : joined.slice(0, unfinished));
  return { ...row.read(), stream: line.stream, ...(unfinished >= 0 && { held: joined.slice(unfinished) }) };
}

/** Adds a piece. `ended`: the lines completed by it (the first one may continue the stream's open line). */
export function foldLines(
  before: OpenLines,
  stream: LogStream,
  text: string,
): { ended: LogLine[]; open: OpenLines } {
  const ended: LogLine[] = [];
  const fresh: OpenLine = { stream, text: '' };
  const isSimple = !moves.test(text);
  let line = before.find((other) => other.stream === stream) ?? fresh;
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
    if (line === fresh && isSimple && at - from <= maxLineCharacters) {
      ended.push({ stream, text: text.slice(from, at) });
      from = at + 1;
      continue;
    }
    const { text: shown, omitted, style } = write(line, withoutLineEnd(text, from, at), false);
    ended.push({ stream, text: shown, ...(omitted && { omitted }) });
    line = style ? { stream, text: '', style } : fresh;
    from = at + 1;
  }
  if (from < text.length) line = write(line, text.slice(from), true);
  const others = before.filter((other) => other.stream !== stream);
  const continues = ended.length === 0 && before[0]?.stream === stream;
  const isEmpty = !line.text && !line.held && !line.style && line.column === undefined && !line.omitted;
  if (isEmpty) return { ended, open: others };
  return { ended, open: continues ? [line, ...others] : [...others, line] };
}
