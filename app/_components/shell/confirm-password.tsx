'use client';

import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { confirmPassword } from '@/app/(dashboard)/settings/actions';
import { Button } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { ErrorState } from '@/app/_components/ui/error-state';
import { answered } from '@/app/_hooks/answered';
import { offerPasswordPrompt } from '@/app/_hooks/password-prompt';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { PasswordField } from '@/app/login/password-field';
import type { ActionFailure } from '@/lib/actions/result';

interface Asked {
  answer: Promise<boolean>;
  resolve: (confirmed: boolean) => void;
}

function newQuestion(): Asked {
  let resolve: Asked['resolve'] = () => {};
  const answer = new Promise<boolean>((done) => (resolve = done));
  return { answer, resolve };
}

/** Asks for the password before a dangerous act, which goes on then. One dialog for all acts that wait for it. */
export function ConfirmPassword({ userName }: { userName: string }) {
  const asked = useRef<Asked | null>(null);
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const formId = useId();

  useEffect(
    () =>
      offerPasswordPrompt(() => {
        asked.current ??= newQuestion();
        setFailure(null);
        setOpen(true);
        return asked.current.answer;
      }),
    [],
  );

  const close = (confirmed: boolean) => {
    setOpen(false);
    asked.current?.resolve(confirmed);
    asked.current = null;
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPending(true);
    const password = new FormData(event.currentTarget).get('password');
    const result = await answered(confirmPassword)({
      password: typeof password === 'string' ? password : '',
    });
    setPending(false);
    if (result.ok) close(true);
    else setFailure(result);
  };

  return (
    <Dialog
      open={open}
      onOpenChange={() => close(false)}
      title="Enter your password"
      description="For what cannot be undone or changes who may do what. It is not asked for again for 5 minutes."
      size="small"
      locked={pending}
      footer={
        <>
          <Button disabled={pending} onClick={() => close(false)}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={pending}>
            Continue
          </Button>
        </>
      }
    >
      <form ref={form} id={formId} onSubmit={(event) => void submit(event)} noValidate>
        {failure && !failure.fields ? <ErrorState error={failure} /> : null}
        <PasswordField
          name="password"
          label="Your password"
          error={failure?.fields?.password}
          autoComplete="current-password"
        />
        {/* Identifies the account for password managers; after the field that is to have the focus. */}
        <input type="text" name="username" autoComplete="username" value={userName} readOnly hidden />
      </form>
    </Dialog>
  );
}
