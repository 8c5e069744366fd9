'use client';

import { queuePosition } from '@/app/_components/queue-position';
import { RunningWork } from '@/app/_components/shell/running-work';
import { usePulse } from '@/app/_hooks/stream-provider';

/** Queued and running operations, from the pulse. */
export function LiveRunningWork() {
  const { active } = usePulse();
  return (
    <RunningWork
      items={active.map(({ id, href, title, status, startedAt, position, step, cancelledAt }) => ({
        id,
        title,
        status: status === 'queued' ? 'queued' : 'running',
        href,
        startedAt,
        progressText: cancelledAt !== null ? 'stopping…' : position !== null ? queuePosition(position) : step,
      }))}
    />
  );
}
