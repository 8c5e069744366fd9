'use client';

import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { deleteFile } from '@/app/(dashboard)/projects/actions';
import { answered } from '@/app/_hooks/answered';
import type { ProjectId } from '@/lib/ids';

export function DeleteFile({
  projectId,
  path,
  isDirectory,
  onDone,
  onClose,
}: {
  projectId: ProjectId;
  path: string;
  isDirectory: boolean;
  onDone?: () => void;
  onClose: () => void;
}) {
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={isDirectory ? 'Delete this directory?' : 'Delete this file?'}
      confirmLabel={isDirectory ? 'Delete directory' : 'Delete file'}
      onConfirm={async () => {
        const result = await answered(deleteFile)({ id: projectId, path });
        if (result.ok) onDone?.();
        return result;
      }}
    >
      <p>
        <span className="font-mono break-all">{path}</span>{' '}
        {isDirectory ? 'and everything in it will be gone.' : 'will be gone.'} Images that were built with it
        keep it.
      </p>
    </ConfirmDialog>
  );
}
