import 'server-only';
import type { StoredEvent } from '@/lib/events/events';
import type { OperationId } from '@/lib/ids';
import { watchChannel } from './channel';
import { decodeChunk } from './chunks';
import { listChunks } from './event-store';
import { isEnded } from './schema';
import { findOperation } from './store';

/** Chunks (64 KiB of text each) read from the database at a time. */
const chunksAtOnce = 8;

async function storedAfter(id: OperationId, after: number): Promise<StoredEvent[]> {
  const chunks = await listChunks(id, after, chunksAtOnce);
  return chunks.flatMap((chunk) => decodeChunk(chunk.data)).filter((event) => event.seq > after);
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Every event after a number, in order, once: first what is stored, then what comes, with no gap between the two,
 * because both are the same reading. Ends after the `end` event, or when there will be no more. The reader sets the
 * pace: nothing is queued for it.
 */
export async function* follow(
  id: OperationId,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<StoredEvent[], void, void> {
  const watch = watchChannel(id);
  let seen = after;
  try {
    while (!signal.aborted) {
      const version = watch.version();
      const recent = watch.recentAfter(seen);
      if (recent?.length === 0 && !watch.closed()) {
        // It runs in this process and its end comes the same way: 50 readers must not ask the database at each line.
        await watch.changed(version, signal);
        continue;
      }
      const operation = recent?.length ? null : await findOperation(id);
      const events = recent?.length ? recent : (watch.recentAfter(seen) ?? (await storedAfter(id, seen)));
      if (events.length) {
        seen = events.at(-1)!.seq;
        yield events;
        if (events.at(-1)!.type === 'end') return;
        await turn(); // SQLite's answers come as microtasks: without this a long replay starves everybody else
      } else {
        if (!operation || isEnded(operation.status)) return;
        await watch.changed(version, signal);
      }
    }
  } finally {
    watch.release();
  }
}
