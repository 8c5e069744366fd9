import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import type { OperationEvent } from '@/lib/events/events';
import { asAppError, type AppError } from '@/lib/errors';
import { callStream, type EngineCall } from '@/lib/engine/wire/dial';
import { connectionError, isRefusal, wordsOf } from '@/lib/engine/wire/errors';
import { readUntilError, type JsonRecord } from '@/lib/engine/wire/json-lines';
import { layerEvents } from './layer-progress';
import { reportSilence } from './silence';

interface Transfer {
  step: string;
  name: string;
  call: EngineCall & { signal: AbortSignal };
  /** `host[:port]` of the registry. */
  host: string;
  /** Makes the error of a message of the registry, from a refused call or from the stream. */
  fail: (message: string) => AppError;
  onRecord: (record: JsonRecord) => void;
}

/** One push or pull as a single step with a bar per layer. */
export async function* runTransfer(
  engine: Engine,
  transfer: Transfer,
): AsyncGenerator<OperationEvent, void, void> {
  const { step, name, call, host, fail, onRecord } = transfer;
  yield { type: 'step', step, name, kind: 'transfer', started: Date.now() };
  const { toEvents, completed } = layerEvents(step);
  try {
    const stream = await callStream(engine, call).catch((error: unknown) => {
      throw isRefusal(error) ? fail(wordsOf(error)) : error;
    });
    const work = async function* () {
      for await (const record of readUntilError(stream, fail)) {
        onRecord(record);
        yield* toEvents(record);
      }
    };
    yield* reportSilence(work(), { step, host });
    yield* completed();
  } catch (thrown) {
    const error = asAppError(connectionError(thrown, engine.address, call.signal));
    yield { type: 'step', step, completed: Date.now(), error: error.message };
    throw error;
  }
}

export const stepDone = (step: string): OperationEvent => ({ type: 'step', step, completed: Date.now() });
