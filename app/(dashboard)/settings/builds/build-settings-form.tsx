'use client';

import { useActionState, useState } from 'react';
import { ErrorState } from '@/app/_components/ui/error-state';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { answered } from '@/app/_hooks/answered';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextAreaField, TextField } from '@/app/_components/ui/text-field';
import type { BuildSettings } from '@/lib/builds/schema';
import { formatCount } from '@/lib/format/text';
import { saveBuildSettings } from './actions';

const fields: { name: Exclude<keyof BuildSettings, 'frontends'>; label: string; hint: string }[] = [
  {
    name: 'concurrent',
    label: 'Builds at once',
    hint: 'Others are queued in the order they were started.',
  },
  {
    name: 'keepPerProject',
    label: 'Builds kept per project',
    hint: 'Older builds are deleted. 0 keeps all.',
  },
  {
    name: 'keepDays',
    label: 'Days kept',
    hint: 'Builds that ended earlier are deleted. 0 keeps all.',
  },
];

const savedWords = (expired: number) =>
  expired ? `Saved. ${formatCount(expired, 'build')} deleted.` : 'Saved.';

export function BuildSettingsForm({ settings }: { settings: BuildSettings }) {
  const [result, save] = useActionState(answered(saveBuildSettings), null);
  const failure = result && !result.ok ? result : null;
  const form = useFocusFirstError(failure);
  // Controlled: React resets uncontrolled fields when a form action ends.
  const [typed, setTyped] = useState<Record<string, string | number>>({
    ...settings,
    frontends: settings.frontends.join('\n'),
  });
  return (
    <form ref={form} action={save} className="flex max-w-120 flex-col gap-4">
      {fields.map(({ name, label, hint }) => (
        <TextField
          key={name}
          label={label}
          hint={hint}
          error={failure?.fields?.[name]}
          required
          name={name}
          inputMode="numeric"
          value={typed[name]}
          onValueChange={(value) => setTyped((before) => ({ ...before, [name]: value }))}
        />
      ))}
      <TextAreaField
        label="Allowed Dockerfile frontends"
        hint="Images that a “# syntax=” line may name, one per line. A frontend runs with the network of the engine’s host. Administrators may use any."
        error={failure?.fields?.frontends}
        mono
        rows={3}
        name="frontends"
        value={String(typed.frontends)}
        onValueChange={(frontends) => setTyped((before) => ({ ...before, frontends }))}
      />
      {failure && !failure.fields ? <ErrorState error={failure} /> : null}
      <div className="flex items-center gap-3">
        <SubmitButton>Save</SubmitButton>
        <span role="status" className="text-muted">
          {result?.ok ? savedWords(result.data.expired) : ''}
        </span>
      </div>
    </form>
  );
}
