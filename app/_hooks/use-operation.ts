'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { StoredEvent } from '@/lib/events/events';
import { type OperationState, reduce } from '@/lib/events/state';
import { StepLog } from './step-log';
import { useStream } from './stream-provider';

export interface LiveOperation {
  state: OperationState;
  /** The log of a step; the same object for the life of the page. */
  log(step: string): StepLog;
  /** Changes with every change of any log. */
  version: number;
}

/** An operation as the server rendered it, and on from there as it happens. */
export function useOperation(id: string, initial: OperationState): LiveOperation {
  const stream = useStream();
  const [state, setState] = useState(initial);
  const [version, setVersion] = useState(0);
  const start = useRef(initial);
  const painted = useRef(initial.seq);

  const logs = useMemo(() => new Map<string, StepLog>(), []);
  const log = useMemo(() => {
    const changed = () => setVersion((before) => before + 1);
    return (step: string) => {
      let found = logs.get(step);
      if (!found) {
        const known = start.current.steps.find((other) => other.id === step);
        found = new StepLog(id, step, { lines: known?.lines ?? 0, open: known?.open ?? null }, changed);
        logs.set(step, found);
      }
      return found;
    };
  }, [id, logs]);

  useEffect(() => {
    if (start.current.end) return undefined;
    let seen = painted.current;
    let waiting: StoredEvent[] = [];
    let frame = 0;
    const paint = () => {
      frame = 0;
      const events = waiting;
      waiting = [];
      painted.current = events.at(-1)!.seq;
      for (const event of events) if (event.type === 'log') log(event.step).append(event);
      setState((before) => reduce(before, events));
      setVersion((before) => before + 1);
    };
    const stop = stream.follow(id, seen, (events) => {
      const fresh = events.filter((event) => event.seq > seen);
      if (!fresh.length) return;
      seen = fresh.at(-1)!.seq;
      waiting.push(...fresh);
      frame ||= requestAnimationFrame(paint);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [id, stream, log]);

  return { state, log, version };
}
