'use client';

import type { OperationState } from '@/lib/events/state';
import type { FetchResult } from '@/lib/projects/git/schema';
import { FollowProgress } from '@/app/(dashboard)/projects/_components/follow-progress';
import { answered } from '@/app/_hooks/answered';
import type { OperationId } from '@/lib/ids';
import { readFetchResult } from './actions';

/** The current phase of git, or the step after it. */
function figuresOf({ steps }: OperationState): { label: string; share: number | null } {
  const step = steps.at(-1);
  const bar = step?.progress?.at(-1);
  if (!step) return { label: 'Queued', share: null };
  if (!bar || steps.length > 1) return { label: step.name, share: null };
  return { label: bar.label ?? step.name, share: bar.total ? (bar.current ?? 0) / bar.total : null };
}

/** Follows the fetch of a repository, and reports its result. */
export function FetchProgress(props: {
  operationId: OperationId;
  onDone: (result: FetchResult, warnings: string[]) => void;
  onAgain: () => void;
}) {
  return (
    <FollowProgress
      {...props}
      figures={figuresOf}
      words={{
        cancelled: 'Fetch cancelled',
        failed: 'Fetch failed',
        again: 'Change and try again',
        lost: 'Fetched, but the server did not answer.',
      }}
      readResult={answered(readFetchResult)}
    />
  );
}
