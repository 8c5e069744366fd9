import 'server-only';
import { decodeChunk } from '@/lib/operations/chunks';
import { findSnapshot, listChunks } from '@/lib/operations/event-store';
import { listPrompts } from './commands-store';
import type { TerminalSize } from './live';
import { readRecording, recordedBytes } from './read-recording';

/** Bytes from which a screen is drawn: at least `minBytes`, from a prompt on, within `maxBytes`. */
const minBytes = 256 * 1024;
const maxBytes = 1024 * 1024;

async function lastSize(terminal: string): Promise<TerminalSize | null> {
  const { lastSeq } = (await findSnapshot(terminal)) ?? { lastSeq: 0 };
  for (let before = lastSeq; before > 0; before -= 1000) {
    const chunks = await listChunks(terminal, Math.max(0, before - 1000), 1000);
    const event = chunks.flatMap(({ data }) => decodeChunk(data)).findLast(({ type }) => type === 'size');
    if (event?.type === 'size') return { columns: event.columns, rows: event.rows };
  }
  return null;
}

export interface LastScreen {
  bytes: Buffer;
  size: TerminalSize | null;
  /** Time of the last byte, in ms since 1970. */
  at: number;
}

/** A lost terminal's last output, from a prompt of its outermost shell on. */
export async function readLastScreen(terminal: string): Promise<LastScreen> {
  const all = await recordedBytes(terminal);
  const prompts = (await listPrompts(terminal, { depth: 0 })).filter(({ from }) => all - from <= maxBytes);
  const place = prompts.find(({ from }) => all - from >= minBytes) ?? prompts.at(-1);
  const from = place?.from ?? Math.max(0, all - maxBytes);
  const pieces: Buffer[] = [];
  let last = 0;
  for await (const { bytes, at } of readRecording(terminal, { from, seq: place?.seq ?? 0 })) {
    pieces.push(bytes);
    last = at;
  }
  return { bytes: Buffer.concat(pieces), size: await lastSize(terminal), at: last };
}
