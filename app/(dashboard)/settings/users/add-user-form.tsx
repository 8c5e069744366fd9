'use client';

import { useActionState, useState } from 'react';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Field } from '@/app/_components/ui/field';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { NewPasswordFields } from '@/app/login/password-field';
import type { ActionResult } from '@/lib/actions/result';
import { roleLabels, roles, type Role } from '@/lib/commands/roles';
import { addUser } from '@/app/(dashboard)/settings/actions';
import { answered } from '@/app/_hooks/answered';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextField } from '@/app/_components/ui/text-field';

export function AddUserForm() {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('builder');
  const [round, setRound] = useState(0);
  const [result, submit] = useActionState(
    async (previous: ActionResult<{ name: string }> | null, form: FormData) => {
      const next = await answered(addUser)(previous, form);
      if (next.ok) {
        setName('');
        setRound((before) => before + 1); // remounts the password fields empty
      }
      return next;
    },
    null,
  );
  const failure = result && !result.ok ? result : null;
  const element = useFocusFirstError(failure);
  return (
    <form ref={element} action={submit} className="flex max-w-100 flex-col gap-4">
      {failure && !failure.fields ? <ErrorState error={failure} /> : null}
      <p role="status" className="text-succeeded-ink empty:hidden">
        {result?.ok ? `${result.data.name} was added and can sign in.` : ''}
      </p>
      <TextField
        label="User name"
        error={failure?.fields?.name}
        required
        mono
        name="name"
        autoComplete="off"
        value={name}
        onValueChange={setName}
      />
      <Field label="Role" hint={roleLabels[role].description} error={failure?.fields?.role} required>
        {(control) => (
          <NativeSelect
            {...control}
            name="role"
            value={role}
            onChange={(event) => setRole(roles.find((each) => each === event.target.value) ?? role)}
          >
            {roles.map((each) => (
              <option key={each} value={each}>
                {roleLabels[each].name}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <div key={round} className="flex flex-col gap-4">
        <NewPasswordFields fields={failure?.fields} />
      </div>
      <SubmitButton className="self-start">Add user</SubmitButton>
    </form>
  );
}
