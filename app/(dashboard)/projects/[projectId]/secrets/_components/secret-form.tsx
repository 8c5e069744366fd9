'use client';

import { type FormEvent, useState, useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { answered } from '@/app/_hooks/answered';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import { saveSecret } from '@/app/(dashboard)/projects/actions';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextAreaField, TextField } from '@/app/_components/ui/text-field';
import type { ProjectId } from '@/lib/ids';

/** Sets a secret. The value goes to the server only, and never comes back. */
export function SecretForm({ projectId, names }: { projectId: ProjectId; names: string[] }) {
  const toast = useToast();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const [pending, startTransition] = useTransition();
  const replaces = names.includes(name.trim());

  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await answered(saveSecret)({ id: projectId, name: name.trim(), value });
      if (!result.ok) return setFailure(result);
      setFailure(null);
      setName('');
      setValue('');
      toast({ tone: 'success', title: replaces ? 'Secret replaced' : 'Secret added' });
    });
  };

  return (
    <form
      ref={form}
      onSubmit={submit}
      noValidate
      autoComplete="off"
      className="flex max-w-120 flex-col gap-4"
    >
      {failure && !Object.keys(failure.fields ?? {}).length ? (
        <ErrorState title="Not saved" error={failure} />
      ) : null}
      <TextField
        label="Name"
        required
        error={failure?.fields?.name}
        hint={replaces ? 'Replaces the stored value of this name.' : 'The id that the Dockerfile uses.'}
        mono
        placeholder="npm_token"
        value={name}
        onValueChange={setName}
      />
      <TextAreaField
        label="Value"
        required
        error={failure?.fields?.value}
        hint="Used exactly as entered, with line ends."
        mono
        rows={3}
        autoComplete="off"
        value={value}
        onValueChange={setValue}
      />
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          {replaces ? 'Replace secret' : 'Add secret'}
        </Button>
      </div>
    </form>
  );
}
