'use client';

import { useEffect, useRef, useState, useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Progress } from '@/app/_components/ui/progress';
import { useOperation } from '@/app/_hooks/use-operation';
import { emptyState, type OperationState } from '@/lib/events/state';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import type { UnpackResult } from '@/lib/projects/schema';
import { cancelUnpack, readUnpackResult } from '@/app/(dashboard)/projects/actions';

function figuresOf({ steps }: OperationState) {
  const bars = steps[0]?.progress ?? [];
  const current = (id: string) => bars.find((bar) => bar.id === id)?.current ?? 0;
  const read = bars.find((bar) => bar.id === 'read');
  return {
    share: read?.total ? (read.current ?? 0) / read.total : null,
    entries: current('entries'),
    unpacked: current('unpacked'),
  };
}

/** Follows the unpacking of an upload, and tells what came of it. */
export function UnpackProgress({
  operationId,
  name,
  onDone,
  onAgain,
}: {
  operationId: string;
  name: string;
  onDone: (result: UnpackResult, warnings: string[]) => void;
  /** Back to the choice of what to upload. */
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
      const answer = await readUnpackResult({ id: operationId }).catch(() => null);
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
        title={end.status === 'cancelled' ? 'Unpacking was cancelled' : `${name} could not be unpacked`}
        error={{ message: end.message ?? 'Nothing was kept.' }}
        action={<Button onClick={onAgain}>Choose something else</Button>}
      />
    );
  if (lost)
    return (
      <ErrorState
        error={{
          message: 'It is unpacked, but the server did not answer.',
          hint: 'Look for it in the list.',
        }}
      />
    );
  const { share, entries, unpacked } = figuresOf(state);
  return (
    <div className="flex flex-col gap-3">
      <Progress
        label={succeeded ? 'Opening the project' : `Unpacking ${name}`}
        value={succeeded ? 1 : share}
        detail={
          entries ? `${formatCount(entries, 'entry', 'entries')} · ${formatBytes(unpacked)}` : undefined
        }
      />
      <div>
        <Button
          variant="ghost"
          pending={cancelling}
          disabled={end !== undefined}
          onClick={() =>
            startTransition(async () => {
              await cancelUnpack({ id: operationId });
            })
          }
        >
          Cancel
        </Button>
      </div>
    </div>
  );
}
