import { flushSync } from 'react-dom';
import type { StoredEvent } from '@/lib/events/events';
import type { OperationState } from '@/lib/events/state';
import { StepLog } from './step-log';
import type { StreamClient } from './stream-client';

/** Takes the events of one operation off the stream, fills its logs, and hands the events on once per painted frame. */
export class OperationFeed {
  private readonly logs = new Map<string, StepLog>();
  private painted: number;
  private paint: (events: StoredEvent[]) => void = () => {};

  constructor(
    private readonly id: string,
    private readonly initial: OperationState,
  ) {
    this.painted = initial.seq;
  }

  readonly log = (step: string): StepLog => {
    let log = this.logs.get(step);
    if (!log) {
      const known = this.initial.steps.find((other) => other.id === step);
      const start = { lines: known?.lines ?? 0, open: known?.open ?? null };
      log = new StepLog(this.id, step, start, () => this.paint([]));
      this.logs.set(step, log);
    }
    return log;
  };

  /** Begins after what was painted last. Returns what stops it; it can be started again. */
  start(stream: StreamClient, paint: (events: StoredEvent[]) => void): () => void {
    this.paint = paint;
    let waiting: StoredEvent[] = [];
    let seen = this.painted;
    let frame = 0;
    const flush = () => {
      frame = 0;
      const events = waiting;
      waiting = [];
      this.painted = seen;
      for (const event of events) if (event.type === 'log') this.log(event.step).append(event);
      flushSync(() => paint(events)); // into this very frame, and not the next one
    };
    const stop = this.initial.end
      ? () => {}
      : stream.follow(this.id, seen, (events) => {
          const fresh = events.filter((event) => event.seq > seen);
          if (!fresh.length) return;
          seen = fresh.at(-1)!.seq;
          waiting.push(...fresh);
          frame ||= requestAnimationFrame(flush);
        });
    return () => {
      stop();
      cancelAnimationFrame(frame);
      this.paint = () => {};
    };
  }
}
