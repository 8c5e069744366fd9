'use client';

import { useState } from 'react';
import type { ActionResult } from '@/lib/actions/result';
import { makeDirectory, saveFile } from '@/app/(dashboard)/projects/actions';
import { FormDialog } from '@/app/(dashboard)/projects/_components/form-dialog';
import { joinPath } from '@/app/(dashboard)/projects/_components/hrefs';
import { TextField } from '@/app/_components/ui/text-field';
import { answered } from '@/app/_hooks/answered';
import type { ProjectId } from '@/lib/ids';

/** A new empty file or directory. */
export function NewEntry({
  projectId,
  directory,
  kind,
  onDone,
  onClose,
}: {
  projectId: ProjectId;
  directory: string;
  kind: 'file' | 'directory';
  onDone: (path: string) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState('');
  const path = joinPath(directory, name.trim());
  const make = (): Promise<ActionResult<unknown>> =>
    kind === 'file'
      ? answered(saveFile)({ id: projectId, path, text: '', version: null })
      : answered(makeDirectory)({ id: projectId, path });
  return (
    <FormDialog<unknown>
      title={kind === 'file' ? 'New file' : 'New directory'}
      description={directory ? `In ${directory}` : undefined}
      submitLabel="Create"
      onSubmit={make}
      onDone={() => onDone(path)}
      onClose={onClose}
    >
      {(errors) => (
        <TextField
          label="Name"
          required
          error={name.trim() ? errors.path : errors.path && 'Enter a name.'}
          hint="Use “/” to create directories."
          mono
          placeholder={kind === 'file' ? 'Dockerfile' : 'conf'}
          value={name}
          onValueChange={setName}
        />
      )}
    </FormDialog>
  );
}
