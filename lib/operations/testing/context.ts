import type { Engine } from '@/lib/engine/engine';
import type { OperationEvent } from '@/lib/events/events';
import type { OperationContext } from '@/lib/operations/kinds';

/** For tests: runs the work of an operation without storing it. `see` is told each event. */
export const testContext = (
  engine: Engine,
  { input = null, see = () => {} }: { input?: unknown; see?: (event: OperationEvent) => void } = {},
): OperationContext => ({
  id: 'id',
  input,
  user: null,
  engine,
  signal: new AbortController().signal,
  emit: (event) => {
    see(event);
    return Promise.resolve(1);
  },
  async pipe(work) {
    for (;;) {
      const next = await work.next();
      if (next.done) return next.value;
      see(next.value);
    }
  },
  step: (_name, work) => work('step'),
});
