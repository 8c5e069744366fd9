'use client';

import { Checkbox } from '@/app/_components/ui/checkbox';
import { Field } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import { Panel } from '@/app/_components/ui/panel';
import { TextAreaField, TextField } from '@/app/_components/ui/text-field';
import type { CommitFormState } from './use-commit-form';

export function ImageFields({
  state,
  errors,
  running,
}: {
  state: CommitFormState;
  errors: Record<string, string>;
  running: boolean;
}) {
  const { form, set, setReference } = state;
  return (
    <Panel title="Image">
      <div className="flex flex-col gap-4">
        <TextField
          label="Reference"
          error={errors.reference}
          hint="e.g. rhel7-httpd or registry-host:5000/myadmin/rhel7-httpd:1. Untagged if empty."
          mono
          placeholder="rhel7-httpd:latest"
          value={form.reference}
          onValueChange={setReference}
        />
        <TextAreaField
          label="Message"
          optional
          error={errors.message}
          rows={2}
          value={form.message}
          onValueChange={(message) => set({ message })}
        />
        <Field label="Author" optional error={errors.author}>
          {(control) => (
            <Input
              {...control}
              placeholder="Ada Lovelace <ada@example.org>"
              value={form.author}
              onChange={(event) => set({ author: event.target.value })}
            />
          )}
        </Field>
        <Checkbox
          label="Pause the container during the commit"
          hint={
            running
              ? 'Stops its processes while files are read, for a consistent snapshot.'
              : 'The container is not running.'
          }
          checked={form.pause}
          onChange={(event) => set({ pause: event.target.checked })}
        />
      </div>
    </Panel>
  );
}
