import 'server-only';
import { decodeChunk } from '@/lib/operations/chunks';
import { findSnapshot, listChunks } from '@/lib/operations/event-store';
import { listPrompts } from './commands-store';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

interface RecordedBytes {
  at: number;
  bytes: Buffer;
  /** Bytes that were not recorded. */
  skipped: number;
}

/** A terminal's output between two byte offsets, with times; reads from event `seq` on. */
export async function* readRecording(
  terminal: string,
  { from = 0, to = Infinity, seq = 0 }: { from?: number; to?: number; seq?: number } = {},
): AsyncGenerator<RecordedBytes, void, void> {
  for (let after = Math.max(0, seq - 1); ;) {
    const chunks = await listChunks(terminal, after, 8);
    if (!chunks.length) return;
    for (const chunk of chunks)
      for (const event of decodeChunk(chunk.data)) {
        if (event.type !== 'output' || event.seq < seq) continue;
        if (event.from >= to) return;
        const bytes = Buffer.from(event.data, 'base64');
        const piece = bytes.subarray(Math.max(0, from - event.from), Math.max(0, to - event.from));
        if (piece.length || event.skipped) yield { at: event.at, bytes: piece, skipped: event.skipped ?? 0 };
      }
    after = chunks.at(-1)!.lastSeq;
    await turn();
  }
}

/** The output of a command, at most so many bytes of it: for what reads commands, not for a screen. */
export async function readOutput(
  command: { terminal: string; outputFrom: number; outputTo: number | null },
  limit = 256 * 1024,
): Promise<string> {
  const prompts = await listPrompts(command.terminal);
  const seq = prompts.find((prompt) => prompt.from <= command.outputFrom)?.seq ?? 0;
  const to = Math.min(command.outputTo ?? Infinity, command.outputFrom + limit);
  const pieces: Buffer[] = [];
  for await (const { bytes } of readRecording(command.terminal, { from: command.outputFrom, to, seq }))
    pieces.push(bytes);
  return Buffer.concat(pieces).toString('utf8');
}

/** Scrollback that a page draws when it is opened: some thousand lines. */
const scrollbackBytes = 1024 * 1024;

/** The event from which a page draws a terminal: the beginning, or the latest prompt with enough scrollback. */
export async function drawFrom(terminal: string, bytes: number): Promise<number> {
  if (bytes <= scrollbackBytes) return 0;
  const prompts = await listPrompts(terminal);
  const place = prompts.find(({ from }) => bytes - from >= scrollbackBytes) ?? prompts.at(-1);
  return Math.max(0, (place?.seq ?? 1) - 1);
}

/** Stored bytes of a terminal's output, including skipped ones. */
export async function recordedBytes(terminal: string): Promise<number> {
  const { lastSeq } = (await findSnapshot(terminal)) ?? { lastSeq: 0 };
  for (let after = Math.max(0, lastSeq - 500); ; after = Math.max(0, after - 5000)) {
    const chunks = await listChunks(terminal, after, 10_000);
    const events = chunks.flatMap((chunk) => decodeChunk(chunk.data));
    const last = events.findLast((event) => event.type === 'output');
    if (last?.type === 'output') return last.from + (last.skipped ?? Buffer.byteLength(last.data, 'base64'));
    if (after === 0) return 0;
  }
}
