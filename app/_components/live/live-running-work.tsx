'use client';

import { RunningWork } from '@/app/_components/shell/running-work';
import { usePulse } from '@/app/_hooks/stream-provider';
import { operationHref } from '@/lib/operations/status';

/** What is queued and running, as the pulse tells it. */
export function LiveRunningWork() {
  const { active } = usePulse();
  return (
    <RunningWork
      items={active.map(({ id, kind, title, status, startedAt, position, step, cancelledAt }) => ({
        id,
        kind,
        title,
        status: status === 'queued' ? 'queued' : 'running',
        href: operationHref(kind, id),
        startedAt,
        progressText:
          cancelledAt !== null
            ? 'stopping…'
            : position !== null
              ? `number ${position} in line`
              : kind === 'workbench' // it has no steps
                ? 'Terminal open'
                : step,
      }))}
    />
  );
}
