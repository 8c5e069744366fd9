'use client';

import { useState } from 'react';
import { Field } from '@/app/_components/ui/field';
import { Input, Textarea } from '@/app/_components/ui/input';
import type { Project } from '@/lib/projects/schema';
import { renameProject } from '@/app/(dashboard)/projects/actions';
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
      onSubmit={() => renameProject({ id: project.id, name, description })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Field label="Name" required error={errors.name}>
            {(control) => (
              <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <Field label="Description" optional error={errors.description}>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                value={description}
                onChange={(event) => setDescription(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
