'use client';

import { useEffect, useRef, useState, useTransition } from 'react';
import { cancelOperation } from '@/app/(dashboard)/operations/actions';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Progress } from '@/app/_components/ui/progress';
import { Waited } from '@/app/_components/ui/waiting';
import { answered } from '@/app/_hooks/answered';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useOperation } from '@/app/_hooks/use-operation';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionResult } from '@/lib/actions/result';
import { emptyState, type OperationState } from '@/lib/events/state';
import type { OperationId } from '@/lib/ids';

interface FollowProgressProps<Result> {
  operationId: OperationId;
  /** Label and share of the progress bar. */
  figures: (state: OperationState) => { label: string; share: number | null; detail?: string };
  words: { cancelled: string; failed: string; again: string; lost: string };
  readResult: (input: { id: string }) => Promise<ActionResult<Result | null>>;
  onDone: (result: Result, warnings: string[]) => void;
  /** Returns to the form. */
  onAgain: () => void;
}

/** Follows an operation that brings files, with a cancel button, and reports its result once. */
export function FollowProgress<Result>({
  operationId,
  figures,
  words,
  readResult,
  onDone,
  onAgain,
}: FollowProgressProps<Result>) {
  const { state } = useOperation(operationId, emptyState);
  const [cancelling, startTransition] = useTransition();
  const toast = useToast();
  const [lost, setLost] = useState(false);
  const { end, warnings } = state;
  const latest = useRef({ onDone, readResult });
  useEffect(() => {
    latest.current = { onDone, readResult };
  });

  const succeeded = end?.status === 'succeeded';
  useEffect(() => {
    if (!succeeded) return;
    let current = true;
    const read = async () => {
      const answer = await latest.current.readResult({ id: operationId });
      if (!current) return;
      if (!answer.ok || !answer.data) return setLost(true);
      latest.current.onDone(
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
        title={end.status === 'cancelled' ? words.cancelled : words.failed}
        error={{ message: end.message ?? 'Nothing was kept.' }}
        action={<Button onClick={onAgain}>{words.again}</Button>}
      />
    );
  if (lost) return <ErrorState error={{ message: words.lost, hint: 'Look for it in the list.' }} />;
  const { label, share, detail } = figures(state);
  return (
    <div className="flex flex-col gap-3">
      <Progress
        label={succeeded ? 'Opening the project' : label}
        value={succeeded ? 1 : share}
        detail={
          <>
            {detail} <Waited key={`${label} ${share} ${detail}`} words=" without change" />
          </>
        }
      />
      <div>
        <Button
          variant="ghost"
          pending={cancelling}
          disabled={end !== undefined}
          onClick={() =>
            startTransition(async () => {
              const result = await answered(cancelOperation)({ id: operationId });
              if (!result.ok) toast(failureToast('Not cancelled', result));
            })
          }
        >
          Cancel
        </Button>
      </div>
    </div>
  );
}
