import type { OperationEvent } from '@/lib/events/events';
import { AppError } from '@/lib/errors';
import type { EngineWork } from '@/lib/engine/types';

interface Finished<Result> {
  events: OperationEvent[];
  result: Result | null;
  error: AppError | null;
}

/** Runs engine work to its end and returns an AppError as a value. Other errors are bugs and are thrown. */
export async function finish<Result>(
  work: EngineWork<Result>,
  onEvent: (event: OperationEvent) => void = () => {},
): Promise<Finished<Result>> {
  const events: OperationEvent[] = [];
  try {
    for (;;) {
      const next = await work.next();
      if (next.done) return { events, result: next.value, error: null };
      events.push(next.value);
      onEvent(next.value);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { events, result: null, error };
  }
}
