import { AppError } from '@/lib/errors';
import { shorten } from '@/lib/builders/errors';

/** A step that is silent for hours sends no records, or single ones; an engine caught in the loop, thousands a second. */
const limit = { records: 1_000, windowMs: 10_000 };

/**
 * Notices a stream that goes on without a word. Engine 20.10 splits what its steps printed into messages of 1 MiB; once
 * it has had to, it sends empty messages for ever, and neither the rest of the log nor the end of the build.
 */
export class EmptyTraces {
  private records = 0;
  private since = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Notes one record of the stream; true when there have been too many empty ones in a row. */
  areEndless(isEmpty: boolean): boolean {
    if (!isEmpty) {
      this.records = 0;
      return false;
    }
    const now = this.now();
    if (this.records === 0 || now - this.since > limit.windowMs) {
      this.records = 0;
      this.since = now;
    }
    this.records += 1;
    return this.records >= limit.records;
  }
}

export function stuckInOutput(step: string | undefined): AppError {
  const what = step ? `the output of ${shorten(step)}` : "a step's output";
  return new AppError('build_failed', `The engine got stuck in ${what}, and tells no more of this build.`, {
    hint: 'Let the step print less at once (into a file, or with a quiet option), set lower output limits on the engine (BUILDKIT_STEP_LOG_MAX_SIZE), or use a newer engine.',
  });
}
