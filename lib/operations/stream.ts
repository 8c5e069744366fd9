import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '@/lib/engine/engine';
import { type Cursor, formatCursor, formatMessage } from '@/lib/events/wire';
import type { OperationId } from '@/lib/ids';
import { readPulse } from './active';
import { openEventStream } from './event-stream';
import { follow } from './follow';
import { nextPulse, pulseMark } from './pulse';
import type { Pulse } from './schema';

/** While work runs its steps change; the pulse is read again this often, in ms. */
const pulseEvery = 2000;
/** Changes come in batches: one message for all within this time. */
const pulseBatchMs = 100;

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

/** Everything that one page follows. `see` takes out of the pulse what the reader may not see. */
export function openStream(
  engine: Engine,
  after: Cursor,
  see: (pulse: Pulse) => Pulse,
  request: AbortSignal,
): ReadableStream<Uint8Array> {
  const cursor = { ...after };
  return openEventStream(request, (signal) => [
    pulses(engine, see, signal),
    ...Object.keys(cursor).map((id) => events(id, cursor, signal)),
  ]);
}
