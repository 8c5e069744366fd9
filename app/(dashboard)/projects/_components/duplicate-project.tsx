'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Field } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import type { Project } from '@/lib/projects/schema';
import { duplicateProject } from '@/app/(dashboard)/projects/actions';
import { answered } from '@/app/_hooks/answered';
import { FormDialog } from './form-dialog';
import { projectHref } from './hrefs';

export function DuplicateProject({
  project,
  onClose,
}: {
  project: Pick<Project, 'id' | 'name'>;
  onClose: () => void;
}) {
  const router = useRouter();
  const [name, setName] = useState(`${project.name} copy`);
  return (
    <FormDialog
      title={`Duplicate ${project.name}`}
      description="Files and options are copied. Secrets are not: enter them again."
      submitLabel="Duplicate"
      onSubmit={() => answered(duplicateProject)({ id: project.id, name })}
      onDone={({ id }) => router.push(projectHref(id))}
      onClose={onClose}
    >
      {(errors) => (
        <Field label="Name of the copy" required error={errors.name}>
          {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
      )}
    </FormDialog>
  );
}
