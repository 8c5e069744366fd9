import 'server-only';
import { decodeChunk } from '@/lib/operations/chunks';
import { findSnapshot, listChunks } from '@/lib/operations/event-store';
import { listPrompts } from './commands-store';
import type { TerminalSize } from './live';
import { readRecording, recordedBytes } from './read-recording';

/** Bytes that a screen is drawn from; more, to the prompt before, where that is not too far. */
const enough = 256 * 1024;
const most = 1024 * 1024;

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
  /** ms since 1970: when its last byte came. */
  at: number;
}

/** What stood on a terminal when it was lost, from a prompt of its outermost shell on. */
export async function readLastScreen(terminal: string): Promise<LastScreen> {
  const all = await recordedBytes(terminal);
  const prompts = (await listPrompts(terminal, { depth: 0 })).filter(({ from }) => all - from <= most);
  const place = prompts.find(({ from }) => all - from >= enough) ?? prompts.at(-1);
  const from = place?.from ?? Math.max(0, all - most);
  const pieces: Buffer[] = [];
  let last = 0;
  for await (const { bytes, at } of readRecording(terminal, { from, seq: place?.seq ?? 0 })) {
    pieces.push(bytes);
    last = at;
  }
  return { bytes: Buffer.concat(pieces), size: await lastSize(terminal), at: last };
}
