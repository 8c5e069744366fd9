'use client';

import { useState } from 'react';
import { renameFile } from '@/app/(dashboard)/projects/actions';
import { FormDialog } from '@/app/(dashboard)/projects/_components/form-dialog';
import { TextField } from '@/app/_components/ui/text-field';
import { answered } from '@/app/_hooks/answered';
import type { ProjectId } from '@/lib/ids';

export function RenameFile({
  projectId,
  path,
  onDone,
  onClose,
}: {
  projectId: ProjectId;
  path: string;
  onDone?: (to: string) => void;
  onClose: () => void;
}) {
  const [to, setTo] = useState(path);
  return (
    <FormDialog
      title="Rename or move"
      submitLabel="Save"
      onSubmit={() => answered(renameFile)({ id: projectId, path, to: to.trim() })}
      onDone={() => onDone?.(to.trim())}
      onClose={onClose}
    >
      {(errors) => (
        <TextField
          label="Path in the project"
          required
          error={errors.to ?? errors.path}
          hint="Missing directories are created."
          mono
          value={to}
          onValueChange={setTo}
        />
      )}
    </FormDialog>
  );
}
