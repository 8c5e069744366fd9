import 'server-only';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Engine } from '@/lib/engine/engine';
import { asAppError, type AppError } from '@/lib/errors';
import type { OperationEvent } from '@/lib/events/events';
import { callStream, type EngineCall } from './dial';

/** A body that is generated while it is sent. */
export interface ArchiveBody {
  bytes: AsyncIterable<Uint8Array>;
  /** Bytes of the source: the final value of `read`. */
  size: number;
  read: () => number;
}

/** Between two reports of how much was sent. */
const reportEveryMs = 250;

/** Sends a body, reports its progress, and returns the head of the answer. */
export async function* sendBody(
  engine: Engine,
  step: string,
  call: EngineCall & { signal: AbortSignal },
  body: ArchiveBody,
): AsyncGenerator<OperationEvent, IncomingMessage, void> {
  const stream = Readable.from(body.bytes, { objectMode: false });
  const over = new AbortController();
  let broken: AppError | null = null;
  stream.on('error', (error) => {
    broken = asAppError(error);
    over.abort(broken);
  });
  const bar = (state: 'active' | 'done'): OperationEvent => ({
    type: 'progress',
    step,
    id: 'sent',
    label: 'Sent to the engine',
    state,
    current: Math.min(body.read(), body.size),
    total: body.size,
    unit: 'bytes',
  });
  const answer = callStream(engine, {
    ...call,
    file: stream,
    signal: AbortSignal.any([call.signal, over.signal]),
  });
  answer.catch(() => {}); // Awaited below, unless the reader stops before.
  let arrived = false;
  try {
    for (let shown = -1; ;) {
      const head = await Promise.race([answer, setTimeout(reportEveryMs, null)]);
      if (head) {
        yield bar('done');
        arrived = true;
        return head;
      }
      if (body.read() === shown) continue;
      shown = body.read();
      yield bar('active');
    }
  } catch (thrown) {
    throw broken ?? thrown;
  } finally {
    if (!arrived) over.abort();
    stream.destroy();
  }
}
