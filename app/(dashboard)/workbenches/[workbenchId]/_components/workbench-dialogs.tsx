'use client';

import { useRouter } from 'next/navigation';
import { deleteFromHistory, endShell, removeContainer } from '@/app/(dashboard)/workbenches/actions';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { answered } from '@/app/_hooks/answered';
import { useRefresh } from '@/app/_hooks/use-refresh';
import type { WorkbenchView } from '@/lib/workbenches/schema';

/** What is asked about before it is done: `forget` deletes from the history. */
export type Question = 'end' | 'remove' | 'forget';

export function WorkbenchDialogs({
  asked,
  onClose,
  workbench,
  container,
}: Pick<WorkbenchView, 'workbench' | 'container'> & { asked: Question | null; onClose: () => void }) {
  const router = useRouter();
  const refresh = useRefresh();
  const { id, origin, name } = workbench;
  const finish = async <Result extends { ok: boolean }>(work: Promise<Result>) => {
    const result = await work;
    if (result.ok) refresh();
    return result;
  };

  return (
    <>
      <ConfirmDialog
        open={asked === 'end'}
        onOpenChange={onClose}
        title={origin === 'attach' ? 'Leave this terminal?' : `End the shell of ${name}?`}
        confirmLabel={origin === 'attach' ? 'Leave it' : 'End it'}
        onConfirm={() => finish(answered(endShell)({ id }))}
      >
        {origin === 'attach'
          ? 'The program in the container keeps running.'
          : origin === 'exec'
            ? 'Programs started in the shell end with it. The container keeps running.'
            : 'Its programs end. The stopped container is kept: it can be started again or committed.'}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'remove'}
        onOpenChange={onClose}
        title={`Remove the container ${name}?`}
        confirmLabel="Remove it"
        onConfirm={() => finish(answered(removeContainer)({ id }))}
      >
        Its changes and its anonymous volumes are deleted. The recording is kept.
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'forget'}
        onOpenChange={onClose}
        title={`Delete ${name} from the history?`}
        confirmLabel="Delete it"
        onConfirm={async () => {
          const result = await answered(deleteFromHistory)({ id });
          if (result.ok && result.data.deleted) router.push('/workbenches');
          return result;
        }}
      >
        Its commands and its recording are deleted.{' '}
        {container.state === 'there' ? 'The container is kept.' : ''}
      </ConfirmDialog>
    </>
  );
}
