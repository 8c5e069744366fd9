import 'server-only';
import type { ContainerDetails } from '@/lib/engine/containers/types';
import { containerLogs } from '@/lib/engine/containers/logs';
import { getContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { AppError, asAppError } from '@/lib/errors';
import { formatMessage } from '@/lib/events/wire';
import { openEventStream } from '@/lib/operations/event-stream';
import { requireEngine } from '@/lib/operations/require-engine';
import type { ContainerId } from '@/lib/ids';
import { batch } from './batch';
import {
  afterCursor,
  formatLogCursor,
  type LogCursor,
  type LogEntry,
  nextCursor,
  readEntries,
  sinceOf,
} from './log-entries';
import type { LogPiece } from './schema';

/** ms. Output of so long goes out as one message. */
const together = 40;
/** UTF-16 units. */
const maxMessage = 64 * 1024;

const isFull = (entries: readonly LogEntry[]) =>
  entries.reduce((sum, { text }) => sum + text.length + 20, 0) >= maxMessage;

/** Neighbours of the same stream become one piece. */
function join(entries: readonly LogEntry[]): LogPiece[] {
  const pieces: LogPiece[] = [];
  for (const { stream, text } of entries) {
    const last = pieces.at(-1);
    if (last?.stream === stream) last.text += text;
    else pieces.push({ stream, text });
  }
  return pieces;
}

interface Followed {
  id: ContainerId;
  tail: number;
  cursor: LogCursor | null;
}

async function getReadable(engine: Engine, id: ContainerId): Promise<ContainerDetails> {
  const container = await getContainer(engine, id);
  if (container.logDriver !== 'none') return container;
  throw new AppError('not_found', 'This container keeps no logs: its log driver is “none”.', {
    hint: 'The output of a workbench is in its recording.',
  });
}

async function* output(
  engine: Engine,
  { id, tail, cursor }: Followed,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  try {
    await requireEngine(engine);
    const { terminal } = await getReadable(engine, id);
    const place = cursor ? { since: sinceOf(cursor) } : { tail };
    const frames = containerLogs(engine, id, { terminal, ...place, follow: true, timestamps: true, signal });
    let at = cursor;
    for await (const entries of batch(
      afterCursor(readEntries(frames, { terminal }), cursor),
      together,
      isFull,
    )) {
      for (const entry of entries) at = nextCursor(at, entry.at);
      yield formatMessage('pieces', join(entries), at ? formatLogCursor(at) : undefined);
    }
    if (!signal.aborted) yield formatMessage('end', {});
  } catch (thrown) {
    if (signal.aborted) return;
    const { code, message, hint } = asAppError(thrown);
    yield formatMessage('failed', { code, message, hint });
  }
}

/** What a container writes, as one event stream. */
export const openLogStream = (
  engine: Engine,
  followed: Followed,
  request: AbortSignal,
): ReadableStream<Uint8Array> => openEventStream(request, (signal) => [output(engine, followed, signal)]);

/** All that a container wrote, as it wrote it (standard output and error in the order that they came). */
export async function readLog(
  engine: Engine,
  id: ContainerId,
  signal: AbortSignal,
): Promise<{ name: string; bytes: AsyncGenerator<Buffer> }> {
  await requireEngine(engine);
  const { name, terminal } = await getReadable(engine, id);
  const frames = containerLogs(engine, id, { terminal, follow: false, timestamps: false, signal });
  return { name, bytes: bytesOf(frames) };
}

async function* bytesOf(frames: AsyncIterable<{ bytes: Buffer }>): AsyncGenerator<Buffer> {
  for await (const { bytes } of frames) yield bytes;
}
