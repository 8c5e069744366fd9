'use client';

import { useEffect, useState } from 'react';
import { type OperationState, reduce } from '@/lib/events/state';
import { OperationFeed } from './operation-feed';
import type { StepLog } from './step-log';
import { useStream } from './stream-provider';

export interface LiveOperation {
  state: OperationState;
  /** The log of a step; the same object for the life of the page. */
  log: (step: string) => StepLog;
  /** Changes with every change of any log. */
  version: number;
}

/** An operation as rendered by the server, then live. */
export function useOperation(id: string, initial: OperationState): LiveOperation {
  const stream = useStream();
  const [feed] = useState(() => new OperationFeed(id, initial));
  const [state, setState] = useState(initial);
  const [version, setVersion] = useState(0);

  useEffect(
    () =>
      feed.start(stream, (events) => {
        setState((before) => reduce(before, events));
        setVersion((before) => before + 1);
      }),
    [feed, stream],
  );

  return { state, log: feed.log, version };
}
