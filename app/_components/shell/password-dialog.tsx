'use client';

import { type FormEvent, useId, useState } from 'react';
import { confirmPassword } from '@/app/(dashboard)/settings/actions';
import { Button } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { ErrorState } from '@/app/_components/ui/error-state';
import { answered } from '@/app/_hooks/answered';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { PasswordField } from '@/app/login/password-field';
import type { ActionFailure } from '@/lib/actions/result';

/** Open as long as it is there; `onClose` is told whether the password was right. */
export function PasswordDialog({
  userName,
  onClose,
}: {
  userName: string;
  onClose: (confirmed: boolean) => void;
}) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const formId = useId();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPending(true);
    const password = new FormData(event.currentTarget).get('password');
    const result = await answered(confirmPassword)({
      password: typeof password === 'string' ? password : '',
    });
    setPending(false);
    if (result.ok) onClose(true);
    else setFailure(result);
  };

  return (
    <Dialog
      open
      onOpenChange={() => onClose(false)}
      title="Enter your password"
      description="For what cannot be undone or changes who may do what. It is not asked for again for 5 minutes."
      size="small"
      locked={pending}
      footer={
        <>
          <Button disabled={pending} onClick={() => onClose(false)}>
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
