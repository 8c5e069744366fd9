'use client';

import { TextField } from '@/app/_components/ui/text-field';

interface SourceValues {
  url: string;
  ref: string;
  folder: string;
}

/** URL, branch and folder of a repository. */
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
      <TextField
        label="Repository URL"
        required
        error={errors.url}
        hint="https://example.org/team/site.git or git@example.org:team/site.git"
        mono
        inputMode="url"
        value={values.url}
        onValueChange={(url) => onChange({ url })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Branch or tag"
          optional
          error={errors.ref}
          hint="Empty: the default branch."
          mono
          value={values.ref}
          onValueChange={(ref) => onChange({ ref })}
        />
        <TextField
          label="Folder"
          optional
          error={errors.folder}
          hint="The folder with the Dockerfile. Empty: the top level."
          mono
          value={values.folder}
          onValueChange={(folder) => onChange({ folder })}
        />
      </div>
    </>
  );
}
