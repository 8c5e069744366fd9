import { flushSync } from 'react-dom';
import type { StoredEvent } from '@/lib/events/events';
import type { OperationState } from '@/lib/events/state';
import { StepLog } from './step-log';
import type { StreamClient } from './stream-client';

/** Receives the events of one operation, fills its logs, and passes events on once per frame. */
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
      const start = { lines: known?.lines ?? 0, open: known?.openLines ?? [] };
      log = new StepLog(this.id, step, start, () => this.paint([]));
      this.logs.set(step, log);
    }
    return log;
  };

  /** Continues after the last painted event. Returns a stop function; can be started again. */
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
      flushSync(() => paint(events)); // in this frame, not the next
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
