'use client';

import { FileArchive, Folder } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { ErrorState } from '@/app/_components/ui/error-state';
import type { ActionFailure } from '@/lib/actions/result';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import type { ChosenSource } from '@/app/_components/upload/use-source';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextField } from '@/app/_components/ui/text-field';

export interface NameValues {
  name: string;
  strip: boolean;
}

/** The selected source, and the name of the new project. */
export function NameForm({
  source,
  before,
  failure,
  onSubmit,
  onBack,
}: {
  source: ChosenSource;
  /** Values entered earlier. */
  before: NameValues;
  failure: ActionFailure | null;
  onSubmit: (values: NameValues) => Promise<void>;
  onBack: () => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const form = useFocusFirstError(failure);
  const [name, setName] = useState(before.name || source.suggestion);
  const [strip, setStrip] = useState(before.strip);
  const [pending, startTransition] = useTransition();
  // The form replaces the focused drop zone, so it takes the focus.
  useEffect(() => field.current?.select(), []);
  const isArchive = source.kind === 'archive';
  const Icon = isArchive ? FileArchive : Folder;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The server checks the name before anything is uploaded.
    startTransition(() => onSubmit({ name: name.trim(), strip }));
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="flex max-w-120 flex-col gap-4">
      <p className="flex min-w-0 items-center gap-2">
        <Icon aria-hidden className="size-5 shrink-0 text-faint" />
        <span className="truncate font-mono">{source.name}</span>
        <span className="shrink-0 text-muted">
          {source.files === null ? '' : `${formatCount(source.files, 'file')}, `}
          {formatBytes(source.blob.size)}
        </span>
      </p>
      {failure && !failure.fields ? <ErrorState title="Not created" error={failure} /> : null}
      <TextField
        label="Name of the project"
        required
        error={failure?.fields?.['into.name'] ?? failure?.fields?.name}
        hint="You can change it at any time."
        ref={field}
        value={name}
        onValueChange={setName}
      />
      {isArchive ? (
        <Checkbox
          checked={strip}
          onChange={(event) => setStrip(event.target.checked)}
          label="Strip a single top-level folder"
          hint="If the archive contains only one folder, its contents become the project."
        />
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={pending}>
          Create project
        </Button>
        <Button variant="ghost" onClick={onBack}>
          Select another source
        </Button>
      </div>
    </form>
  );
}
