import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatMessage, heartbeatMs } from '@/lib/events/wire';
import { remember } from '@/lib/remember';
import { merge } from './merge';

/** Of all open streams; aborted when the server stops, which they would delay. */
const streamEnds = () => remember('stream-ends', () => new Set<AbortController>());

export function endStreams(): void {
  for (const stream of streamEnds()) stream.abort();
}

/** The end of a stream: by its reader, or with all others. A signal that outlives streams would keep something of each. */
function streamEnd(request: AbortSignal): { signal: AbortSignal; close: () => void } {
  const closed = new AbortController();
  const signal = AbortSignal.any([request, closed.signal]);
  streamEnds().add(closed);
  signal.addEventListener('abort', () => streamEnds().delete(closed), { once: true });
  return { signal, close: () => closed.abort() };
}

async function* heartbeats(signal: AbortSignal): AsyncGenerator<string, void, void> {
  yield ': hello\n\n';
  for (;;) {
    await sleep(heartbeatMs, undefined, { signal }).catch(() => undefined); // the signal is looked at next
    if (signal.aborted) return;
    yield formatMessage('beat', Date.now());
  }
}

/** Messages of all sources, with heartbeats, as the bytes of one response; the reader sets the pace, so that memory stays flat. */
export function openEventStream(
  request: AbortSignal,
  open: (signal: AbortSignal) => AsyncGenerator<string, void, void>[],
): ReadableStream<Uint8Array> {
  const { signal, close } = streamEnd(request);
  const source = merge([heartbeats(signal), ...open(signal)]);
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await source.next();
        if (next.done || signal.aborted) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      cancel: close,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1024 }),
  );
}
