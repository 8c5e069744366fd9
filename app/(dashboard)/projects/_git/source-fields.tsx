'use client';

import { Field } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';

export interface SourceValues {
  url: string;
  ref: string;
  folder: string;
}

/** Where the files come from. */
export function SourceFields({
  values,
  errors,
  onChange,
}: {
  values: SourceValues;
  errors: Record<string, string>;
  onChange: (change: Partial<SourceValues>) => void;
}) {
  return (
    <>
      <Field
        label="Address of the repository"
        required
        error={errors.url}
        hint="https://example.org/team/site.git or git@example.org:team/site.git"
      >
        {(control) => (
          <Input
            {...control}
            mono
            inputMode="url"
            value={values.url}
            onChange={(event) => onChange({ url: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Branch or tag" optional error={errors.ref} hint="Empty: the default branch.">
          {(control) => (
            <Input
              {...control}
              mono
              value={values.ref}
              onChange={(event) => onChange({ ref: event.target.value })}
            />
          )}
        </Field>
        <Field label="Folder" optional error={errors.folder} hint="Where the Dockerfile is; empty: the top.">
          {(control) => (
            <Input
              {...control}
              mono
              value={values.folder}
              onChange={(event) => onChange({ folder: event.target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}
