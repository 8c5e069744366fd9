import type { Frame } from '@/lib/engine/containers/log-frames';
import { TextPieces } from '@/lib/engine/wire/text-pieces';
import type { LogPiece } from './schema';

/** A piece of output with the time that the engine gave it (RFC 3339, nanoseconds). */
export interface LogEntry extends LogPiece {
  at: string;
}

const stamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) /;

/** A terminal's line that is longer than this goes on without waiting for its end. Bytes. */
const maxHeld = 64 * 1024;

const newline = 0x0a;

/** Without frames an entry ends where its line ends. */
async function* linesOf(frames: AsyncIterable<Frame>): AsyncGenerator<Frame, void, void> {
  let held: Buffer = Buffer.alloc(0);
  for await (const { bytes } of frames) {
    held = Buffer.concat([held, bytes]);
    let from = 0;
    for (let at = held.indexOf(newline); at >= 0; at = held.indexOf(newline, from)) {
      yield { stream: 'stdout', bytes: held.subarray(from, at + 1) };
      from = at + 1;
    }
    held = held.subarray(from);
    if (held.length <= maxHeld) continue;
    yield { stream: 'stdout', bytes: held };
    held = Buffer.alloc(0);
  }
  if (held.length > 0) yield { stream: 'stdout', bytes: held };
}

/** Takes the time off each entry. A character that the engine's cut at 16 KiB went through is put together again. */
export async function* readEntries(
  frames: AsyncIterable<Frame>,
  { terminal }: { terminal: boolean },
): AsyncGenerator<LogEntry, void, void> {
  const text = { stdout: new TextPieces(), stderr: new TextPieces() };
  let at = '';
  for await (const { stream, bytes } of terminal ? linesOf(frames) : frames) {
    const found = stamp.exec(bytes.subarray(0, 64).toString('latin1'));
    if (found) at = found[1]!;
    const piece = text[stream].push(bytes.subarray(found?.[0].length ?? 0));
    yield { at, stream, text: piece?.text ?? '' };
  }
}

/** How far a reader has come: the time of the last entry, and how many entries of that time there were. */
export interface LogCursor {
  at: string;
  count: number;
}

const cursorForm = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))\/(\d{1,9})$/;

export function parseLogCursor(text: string): LogCursor | null {
  const match = cursorForm.exec(text);
  return match && !Number.isNaN(Date.parse(match[1]!)) ? { at: match[1]!, count: Number(match[2]) } : null;
}

export const formatLogCursor = ({ at, count }: LogCursor): string => `${at}/${count}`;

export const nextCursor = (before: LogCursor | null, at: string): LogCursor =>
  before?.at === at ? { at, count: before.count + 1 } : { at, count: 1 };

/** `seconds.nanoseconds`, as the engine takes a time; it then answers from that time on, with it. */
export function sinceOf({ at }: LogCursor): string {
  const fraction = /\.(\d+)/.exec(at)?.[1] ?? '';
  return `${Math.floor(Date.parse(at) / 1000)}.${fraction.padEnd(9, '0')}`;
}

/** Leaves out the entries at the cursor's own time that its reader has seen. */
export async function* afterCursor(
  entries: AsyncIterable<LogEntry>,
  cursor: LogCursor | null,
): AsyncGenerator<LogEntry, void, void> {
  let seen = cursor?.count ?? 0;
  for await (const entry of entries) {
    if (cursor && entry.at === cursor.at && seen > 0) seen -= 1;
    else yield entry;
  }
}
