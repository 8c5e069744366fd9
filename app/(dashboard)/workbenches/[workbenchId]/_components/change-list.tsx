'use client';

import { RotateCw } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { readChanges } from '@/app/(dashboard)/workbenches/actions';
import { Button } from '@/app/_components/ui/button';
import { ErrorState, type ShownError } from '@/app/_components/ui/error-state';
import { Waiting } from '@/app/_components/ui/waiting';
import { answered } from '@/app/_hooks/answered';
import type { PathChange } from '@/lib/workbenches/schema';
import type { WorkbenchId } from '@/lib/ids';
import { PathChanges } from './path-changes';

/** The container's current differences from its image, by whatever process. */
export function ChangeList({
  workbenchId,
  there,
  version,
}: {
  workbenchId: WorkbenchId;
  there: boolean;
  /** A new value reads the changes again. */
  version: string;
}) {
  const [found, setFound] = useState<{ changes: PathChange[]; total: number } | null>(null);
  const [error, setError] = useState<ShownError | null>(null);
  const read = useCallback(async () => {
    const result = await answered(readChanges)({ id: workbenchId });
    if (result.ok) setFound(result.data);
    setError(result.ok ? null : result);
  }, [workbenchId]);

  useEffect(() => {
    if (!there) return;
    const timer = setTimeout(() => void read(), 500);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new version means to read again
  }, [there, read, version]);

  if (!there && !found) return <p className="pt-3 text-muted">The container is not available.</p>;
  return (
    <div className="flex flex-col gap-2 pt-3">
      <div className="flex items-center justify-between gap-2 text-sm text-muted">
        <span>
          {found
            ? (found.total === 1 ? '1 path differs' : `${found.total} paths differ`) + ' from the image'
            : ''}
        </span>
        <Button size="small" variant="ghost" icon={<RotateCw aria-hidden />} onClick={() => void read()}>
          Refresh
        </Button>
      </div>
      {error ? <ErrorState error={error} title="The changes cannot be read" /> : null}
      {found ? (
        <PathChanges changes={found.changes} total={found.total} />
      ) : error ? null : (
        <Waiting>Reading the changes…</Waiting>
      )}
    </div>
  );
}
