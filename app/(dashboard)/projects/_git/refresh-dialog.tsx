'use client';

import { useState, useTransition } from 'react';
import { startOnce } from '@/app/_hooks/start-once';
import { useRefresh } from '@/app/_hooks/use-refresh';
import { Button } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { ErrorState } from '@/app/_components/ui/error-state';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import { formatCount } from '@/lib/format/text';
import type { FetchResult, GitSource } from '@/lib/projects/git/schema';
import type { ProjectId } from '@/lib/ids';
import { refreshFromGit } from './actions';
import { FetchProgress } from './fetch-progress';

/** Replaces the files with those of the repository, after a confirmation. */
export function RefreshDialog({
  projectId,
  source,
  onClose,
}: {
  projectId: ProjectId;
  source: GitSource;
  onClose: () => void;
}) {
  const refresh = useRefresh();
  const toast = useToast();
  const [operationId, setOperationId] = useState<string | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [pending, startTransition] = useTransition();
  const begin = () =>
    startTransition(async () => {
      const result = await startOnce(refreshFromGit, { id: projectId });
      setFailure(result.ok ? null : result);
      if (result.ok) setOperationId(result.data.id);
    });
  const done = ({ commit, files }: FetchResult, warnings: string[]) => {
    toast({
      tone: warnings.length ? 'info' : 'success',
      title:
        commit === source.commit
          ? 'Already up to date'
          : `Refreshed: ${formatCount(files, 'file')} of commit ${commit.slice(0, 10)}`,
      text: warnings.slice(0, 3).join(' ') || undefined,
    });
    refresh();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Refresh from the repository"
      size="small"
      locked={pending || operationId !== null}
      footer={
        operationId ? undefined : (
          <>
            <Button disabled={pending} onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" pending={pending} onClick={begin}>
              Replace files
            </Button>
          </>
        )
      }
    >
      {operationId ? (
        <FetchProgress operationId={operationId} onDone={done} onAgain={() => setOperationId(null)} />
      ) : (
        <div className="flex flex-col gap-3">
          {failure ? <ErrorState error={failure} /> : null}
          <p>
            All files of the project are replaced with those of{' '}
            <span className="font-mono text-sm break-all">{source.url}</span>. What was changed here since
            will be gone; options and secrets stay. If it fails, everything stays as it is.
          </p>
        </div>
      )}
    </Dialog>
  );
}
