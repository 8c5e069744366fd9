'use client';

import { clsx } from 'clsx';
import { type ReactNode, useEffect, useState } from 'react';
import { formatDuration } from '@/lib/format/time';
import { Spinner } from './spinner';

const toldAfterMs = 5000;
const tellEveryMs = 1000;

/** How long this has been on the page, once that is long; `words` follow. Not announced each second. */
export function Waited({ words = '' }: { words?: string }) {
  const [waitedMs, setWaitedMs] = useState(0);
  useEffect(() => {
    const since = performance.now();
    const timer = setInterval(() => setWaitedMs(performance.now() - since), tellEveryMs);
    return () => clearInterval(timer);
  }, []);
  return waitedMs >= toldAfterMs ? (
    <span aria-hidden className="tabular-nums">
      {formatDuration(waitedMs)}
      {words}
    </span>
  ) : null;
}

/** What a part of a page waits for, and since when once that takes long. */
export function Waiting({ children, className = 'text-muted' }: { children: ReactNode; className?: string }) {
  return (
    <p role="status" className={clsx('flex animate-appear items-center gap-2', className)}>
      <Spinner />
      <span>{children}</span>
      <Waited />
    </p>
  );
}
