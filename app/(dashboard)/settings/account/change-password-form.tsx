'use client';

import { useActionState, useState } from 'react';
import { ErrorState } from '@/app/_components/ui/error-state';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { NewPasswordFields, PasswordField } from '@/app/login/password-field';
import type { ActionResult } from '@/lib/actions/result';
import { changePassword } from '@/app/(dashboard)/settings/actions';
import { answered } from '@/app/_hooks/answered';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';

const said = (ended: number) =>
  ended === 0
    ? 'Password changed.'
    : `Password changed. ${ended === 1 ? 'Your other login session was' : `${ended} other login sessions were`} ended.`;

export function ChangePasswordForm({ name }: { name: string }) {
  const [round, setRound] = useState(0);
  const [result, submit] = useActionState(
    async (previous: ActionResult<{ ended: number }> | null, form: FormData) => {
      const next = await answered(changePassword)(previous, form);
      if (next.ok) setRound((before) => before + 1); // remounts the fields empty
      return next;
    },
    null,
  );
  const failure = result && !result.ok ? result : null;
  const element = useFocusFirstError(failure);
  return (
    <form ref={element} action={submit} className="flex max-w-100 flex-col gap-4">
      {/* Identifies the account for password managers. */}
      <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
      {failure && !failure.fields ? <ErrorState error={failure} /> : null}
      <p role="status" className="text-succeeded-ink empty:hidden">
        {result?.ok ? said(result.data.ended) : ''}
      </p>
      <div key={round} className="flex flex-col gap-4">
        <PasswordField
          name="current"
          label="Current password"
          error={failure?.fields?.current}
          autoComplete="current-password"
        />
        <NewPasswordFields fields={failure?.fields} label="New password" />
      </div>
      <SubmitButton className="self-start">Change password</SubmitButton>
    </form>
  );
}
