'use client';

import { useEffect, useState } from 'react';
import type { ShownError } from '@/app/_components/ui/error-state';
import { ContainerLog, type LogStreamState } from './container-log';

/** The newest output of a container, live. `tail` is fixed for the life of the component. */
export function useContainerLog({ id, tail, run }: { id: string; tail: number; run: string }) {
  const [log] = useState(() => new ContainerLog(id, tail));
  const [version, setVersion] = useState(0);
  const [stream, setStream] = useState<{ state: LogStreamState; error?: ShownError }>({ state: 'opening' });

  useEffect(
    () =>
      log.follow(run, {
        changed: () => setVersion((before) => before + 1),
        state: (state, error) => setStream({ state, error }),
      }),
    [log, run],
  );

  return { lines: log.lines, version, ...stream };
}
