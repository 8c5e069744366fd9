'use client';

import { endShell } from '@/app/(dashboard)/workbenches/actions';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { answered } from '@/app/_hooks/answered';
import { useRefresh } from '@/app/_hooks/use-refresh';
import type { WorkbenchSummary } from '@/lib/workbenches/schema';

export function EndDialog({
  open,
  onClose,
  workbench: { id, origin, name },
}: {
  open: boolean;
  onClose: () => void;
  workbench: Pick<WorkbenchSummary, 'id' | 'origin' | 'name'>;
}) {
  const refresh = useRefresh();
  const end = async () => {
    const result = await answered(endShell)({ id });
    if (result.ok) refresh();
    return result;
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={origin === 'attach' ? 'Leave this terminal?' : `End the shell of ${name}?`}
      confirmLabel={origin === 'attach' ? 'Leave it' : 'End it'}
      onConfirm={end}
    >
      {origin === 'attach'
        ? 'The program in the container keeps running.'
        : origin === 'exec'
          ? 'Programs started in the shell end with it. The container keeps running.'
          : 'Its programs end. The stopped container is kept: it can be started again or committed.'}
    </ConfirmDialog>
  );
}
