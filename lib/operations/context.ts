import 'server-only';
import { messageOf } from '@/lib/errors';
import type { OperationEvent } from '@/lib/events/events';
import type { OperationContext } from './kinds';
import type { Recorder } from './recorder';

/** The context of one run, on top of its recorder. */
export function openContext(
  bare: Pick<OperationContext, 'id' | 'input' | 'user' | 'engine' | 'signal'>,
  recorder: Recorder,
): OperationContext {
  let ownSteps = 0;
  const { emit } = recorder;
  return {
    ...bare,
    emit,
    async pipe<Result>(work: AsyncGenerator<OperationEvent, Result, void>) {
      try {
        for (;;) {
          const next = await work.next();
          if (next.done) return next.value;
          await emit(next.value);
        }
      } finally {
        await work.return(undefined as Result); // an event that cannot be stored ends the work, too
      }
    },
    async step(name, work, options = {}) {
      const step = options.id ?? `own-${++ownSteps}`;
      await emit({ type: 'step', step, name, kind: options.kind ?? 'internal', started: Date.now() });
      try {
        const result = await work(step);
        await emit({ type: 'step', step, completed: Date.now() });
        return result;
      } catch (error) {
        await emit({ type: 'step', step, completed: Date.now(), error: messageOf(error) });
        throw error;
      }
    },
  };
}
