'use client';

import { useRouter } from 'next/navigation';
import { deleteFromHistory, endShell, removeContainer } from '@/app/(dashboard)/workbenches/actions';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
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
  const { id, origin, name } = workbench;
  const finish = async <Result extends { ok: boolean }>(work: Promise<Result>) => {
    const result = await work;
    if (result.ok) router.refresh();
    return result;
  };

  return (
    <>
      <ConfirmDialog
        open={asked === 'end'}
        onOpenChange={onClose}
        title={origin === 'attach' ? 'Leave this terminal?' : `End the shell of ${name}?`}
        confirmLabel={origin === 'attach' ? 'Leave it' : 'End it'}
        onConfirm={() => finish(endShell({ id }))}
      >
        {origin === 'attach'
          ? 'The program in the container goes on.'
          : origin === 'exec'
            ? 'What runs in the shell ends with it. The container goes on.'
            : 'What runs in it ends. The container stays as it is, stopped: it can be started again, or made an image.'}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'remove'}
        onOpenChange={onClose}
        title={`Remove the container ${name}?`}
        confirmLabel="Remove it"
        onConfirm={() => finish(removeContainer({ id }))}
      >
        Everything that was changed in it is gone, and its anonymous volumes. What was recorded stays.
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'forget'}
        onOpenChange={onClose}
        title={`Delete ${name} from the history?`}
        confirmLabel="Delete it"
        onConfirm={async () => {
          const result = await deleteFromHistory({ id });
          if (result.ok && result.data.deleted) router.push('/workbenches');
          return result;
        }}
      >
        Its commands and its recording are gone. {container.state === 'there' ? 'The container stays.' : ''}
      </ConfirmDialog>
    </>
  );
}
