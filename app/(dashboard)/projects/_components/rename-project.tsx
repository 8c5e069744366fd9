'use client';

import { useState } from 'react';
import type { Project } from '@/lib/projects/schema';
import { renameProject } from '@/app/(dashboard)/projects/actions';
import { TextAreaField, TextField } from '@/app/_components/ui/text-field';
import { answered } from '@/app/_hooks/answered';
import { FormDialog } from './form-dialog';

export function RenameProject({
  project,
  onClose,
}: {
  project: Pick<Project, 'id' | 'name' | 'description'>;
  onClose: () => void;
}) {
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description);
  return (
    <FormDialog
      title={`Rename ${project.name}`}
      submitLabel="Save"
      onSubmit={() => answered(renameProject)({ id: project.id, name, description })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextField label="Name" required error={errors.name} value={name} onValueChange={setName} />
          <TextAreaField
            label="Description"
            optional
            error={errors.description}
            rows={2}
            value={description}
            onValueChange={setDescription}
          />
        </>
      )}
    </FormDialog>
  );
}
