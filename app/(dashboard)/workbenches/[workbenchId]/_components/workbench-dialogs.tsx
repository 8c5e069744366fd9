'use client';

import { useRouter } from 'next/navigation';
import { EndDialog } from '@/app/(dashboard)/workbenches/_components/end-dialog';
import { deleteFromHistory, removeContainer } from '@/app/(dashboard)/workbenches/actions';
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
  const { id, name } = workbench;
  const finish = async <Result extends { ok: boolean }>(work: Promise<Result>) => {
    const result = await work;
    if (result.ok) refresh();
    return result;
  };

  return (
    <>
      <EndDialog open={asked === 'end'} onClose={onClose} workbench={workbench} />
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
