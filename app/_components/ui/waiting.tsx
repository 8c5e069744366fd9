'use client';

import { clsx } from 'clsx';
import { type ReactNode, useEffect, useState } from 'react';
import { formatDuration } from '@/lib/format/time';
import { Spinner } from './spinner';

const toldAfterMs = 5000;
const tellEveryMs = 1000;

/** What a part of a page waits for, and since when once that takes long. */
export function Waiting({ children, className = 'text-muted' }: { children: ReactNode; className?: string }) {
  const [waitedMs, setWaitedMs] = useState(0);
  useEffect(() => {
    const since = performance.now();
    const timer = setInterval(() => setWaitedMs(performance.now() - since), tellEveryMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <p role="status" className={clsx('flex animate-appear items-center gap-2', className)}>
      <Spinner />
      <span>{children}</span>
      {/* Not announced each second. */}
      {waitedMs >= toldAfterMs ? <span aria-hidden>{formatDuration(waitedMs)}</span> : null}
    </p>
  );
}
