'use client';

import { useActionState, useState } from 'react';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Notice } from '@/app/_components/ui/notice';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { answered } from '@/app/_hooks/answered';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextField } from '@/app/_components/ui/text-field';
import { signIn } from './actions';
import { PasswordField } from './password-field';

export function SignInForm({ from, reason }: { from?: string; reason?: string }) {
  const [result, submit] = useActionState(answered(signIn), null);
  const [name, setName] = useState('');
  const failure = result && !result.ok ? result : null;
  const form = useFocusFirstError(failure);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-4">
      {reason && !result ? <Notice>{reason}</Notice> : null}
      {failure && !failure.fields ? <ErrorState error={failure} /> : null}
      {from ? <input type="hidden" name="from" value={from} /> : null}
      <TextField
        label="User name"
        error={failure?.fields?.name}
        required
        mono
        name="name"
        autoComplete="username"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- signing in is what the page is for
        autoFocus
        value={name}
        onValueChange={setName}
      />
      <PasswordField
        name="password"
        label="Password"
        error={failure?.fields?.password}
        autoComplete="current-password"
      />
      <SubmitButton className="self-start">Sign in</SubmitButton>
    </form>
  );
}
