'use client';

import { useEffect, useRef, useState, useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Progress } from '@/app/_components/ui/progress';
import { useOperation } from '@/app/_hooks/use-operation';
import { emptyState, type OperationState } from '@/lib/events/state';
import type { FetchResult } from '@/lib/projects/git/schema';
import { cancelFetch, readFetchResult } from './actions';

/** The phase that git is in, or the step that follows it. */
function phaseOf({ steps }: OperationState): { label: string; share: number | null } {
  const step = steps.at(-1);
  const bar = step?.progress?.at(-1);
  if (!step) return { label: 'Waiting for its turn', share: null };
  if (!bar || steps.length > 1) return { label: step.name, share: null };
  return { label: bar.label ?? step.name, share: bar.total ? (bar.current ?? 0) / bar.total : null };
}

/** Follows the fetching of a repository, and tells what came of it. */
export function FetchProgress({
  operationId,
  onDone,
  onAgain,
}: {
  operationId: string;
  onDone: (result: FetchResult, warnings: string[]) => void;
  onAgain: () => void;
}) {
  const { state } = useOperation(operationId, emptyState);
  const [cancelling, startTransition] = useTransition();
  const [lost, setLost] = useState(false);
  const { end, warnings } = state;
  const told = useRef(onDone);
  useEffect(() => {
    told.current = onDone;
  });
  const succeeded = end?.status === 'succeeded';
  useEffect(() => {
    if (!succeeded) return;
    let current = true;
    const read = async () => {
      const answer = await readFetchResult({ id: operationId }).catch(() => null);
      if (!current) return;
      if (!answer?.ok || !answer.data) return setLost(true);
      told.current(
        answer.data,
        warnings.map((warning) => warning.short),
      );
    };
    void read();
    return () => {
      current = false;
    };
  }, [succeeded, operationId, warnings]);

  if (end && !succeeded)
    return (
      <ErrorState
        title={end.status === 'cancelled' ? 'Fetching was cancelled' : 'The repository was not fetched'}
        error={{ message: end.message ?? 'Nothing was kept.' }}
        action={<Button onClick={onAgain}>Change and try again</Button>}
      />
    );
  if (lost)
    return (
      <ErrorState
        error={{ message: 'It is fetched, but the server did not answer.', hint: 'Look for it in the list.' }}
      />
    );
  const { label, share } = phaseOf(state);
  return (
    <div className="flex flex-col gap-3">
      <Progress label={succeeded ? 'Opening the project' : label} value={succeeded ? 1 : share} />
      <div>
        <Button
          variant="ghost"
          pending={cancelling}
          disabled={end !== undefined}
          onClick={() =>
            startTransition(async () => {
              await cancelFetch({ id: operationId });
            })
          }
        >
          Cancel
        </Button>
      </div>
    </div>
  );
}
