'use client';

import { useActionState, useEffect, useState } from 'react';
import { ErrorState } from '@/app/_components/ui/error-state';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { NewPasswordFields } from '@/app/login/password-field';
import { answered } from '@/app/_hooks/answered';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextField } from '@/app/_components/ui/text-field';
import { setUp } from './actions';

/** The code in the link's fragment, which never reaches the server by itself; removed from the address and the history. */
function useCodeOfLink(): [string, (code: string) => void] {
  const [code, setCode] = useState('');
  useEffect(() => {
    const take = () => {
      const given = window.location.hash.slice(1);
      if (!given) return;
      setCode(given);
      window.history.replaceState(window.history.state, '', window.location.pathname);
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return [code, setCode];
}

export function SetUpForm() {
  const [result, submit] = useActionState(answered(setUp), null);
  const [code, setCode] = useCodeOfLink();
  const [name, setName] = useState('');
  const failure = result && !result.ok ? result : null;
  const form = useFocusFirstError(failure);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-4">
      {failure && !failure.fields ? <ErrorState error={failure} /> : null}
      <TextField
        label="Set-up code"
        hint="The part of the set-up link after the #, as printed in the server’s output."
        error={failure?.fields?.token}
        required
        mono
        name="token"
        autoComplete="off"
        value={code}
        onValueChange={setCode}
      />
      <TextField
        label="User name"
        error={failure?.fields?.name}
        required
        mono
        name="name"
        autoComplete="username"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first thing to do here
        autoFocus
        value={name}
        onValueChange={setName}
      />
      <NewPasswordFields fields={failure?.fields} />
      <SubmitButton className="self-start">Create administrator</SubmitButton>
    </form>
  );
}
