import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '@/lib/engine/engine';
import { type Cursor, formatCursor, formatMessage, heartbeatMs } from '@/lib/events/wire';
import { remember } from '@/lib/remember';
import type { OperationId } from '@/lib/ids';
import { readPulse } from './active';
import { follow } from './follow';
import { merge } from './merge';
import { nextPulse, pulseMark } from './pulse';
import type { Pulse } from './schema';

/** While work runs its steps change; the pulse is read again this often, in ms. */
const pulseEvery = 2000;
/** Changes come in batches: one message for all within this time. */
const pulseBatchMs = 100;

/** Aborted when the server stops: they would hold it. */
const streamEnds = () => remember('stream-ends', () => new Set<AbortController>());

export function endStreams(): void {
  for (const stream of streamEnds()) stream.abort();
}

/** The end of a stream: by its reader, or with all others. A signal that outlives streams would keep something of each. */
export function streamEnd(request: AbortSignal): { signal: AbortSignal; close: () => void } {
  const closed = new AbortController();
  const signal = AbortSignal.any([request, closed.signal]);
  streamEnds().add(closed);
  signal.addEventListener('abort', () => streamEnds().delete(closed), { once: true });
  return { signal, close: () => closed.abort() };
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);

async function* events(
  id: OperationId,
  cursor: Cursor,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  for await (const batch of follow(id, cursor[id] ?? 0, signal)) {
    cursor[id] = batch.at(-1)!.seq;
    yield formatMessage('events', { operation: id, events: batch }, formatCursor(cursor));
  }
}

async function* pulses(
  engine: Engine,
  see: (pulse: Pulse) => Pulse,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  let last = '';
  while (!signal.aborted) {
    const mark = pulseMark();
    const pulse = see(await readPulse(engine));
    const message = formatMessage('pulse', pulse);
    if (message !== last) yield message;
    last = message;
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    await Promise.race([
      nextPulse(mark, either),
      pulse.active.some((operation) => operation.status === 'running')
        ? pause(pulseEvery, either)
        : new Promise(() => {}),
    ]);
    stop.abort();
    await pause(pulseBatchMs, signal);
  }
}

async function* heartbeats(signal: AbortSignal): AsyncGenerator<string, void, void> {
  yield ': hello\n\n';
  for (;;) {
    await pause(heartbeatMs, signal);
    if (signal.aborted) return;
    yield formatMessage('beat', Date.now());
  }
}

/** Everything that one page follows, as the bytes of one response. `see` takes out of the pulse what the reader may not see; the reader sets the pace. */
export function openStream(
  engine: Engine,
  after: Cursor,
  see: (pulse: Pulse) => Pulse,
  request: AbortSignal,
): ReadableStream<Uint8Array> {
  const { signal, close } = streamEnd(request);
  const cursor = { ...after };
  const source = merge([
    heartbeats(signal),
    pulses(engine, see, signal),
    ...Object.keys(cursor).map((id) => events(id, cursor, signal)),
  ]);
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
