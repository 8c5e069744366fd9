'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { Field } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';

/** Controlled, so that the value survives an error in another field. */
export function PasswordField(props: {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string;
  autoComplete: 'current-password' | 'new-password';
  autoFocus?: boolean;
}) {
  const [value, setValue] = useState('');
  const [shown, setShown] = useState(false);
  return (
    <Field
      label={props.label}
      hint={props.hint}
      error={props.error}
      required
      aside={
        <Button
          variant="ghost"
          size="small"
          className="-mr-2"
          aria-pressed={shown}
          aria-label={`Show ${props.label.toLowerCase()}`}
          onClick={() => setShown(!shown)}
        >
          {shown ? 'Hide' : 'Show'}
        </Button>
      }
    >
      {(control) => (
        <Input
          {...control}
          mono
          name={props.name}
          type={shown ? 'text' : 'password'}
          autoComplete={props.autoComplete}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- set only on pages whose purpose is signing in
          autoFocus={props.autoFocus}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A new password, twice. */
export function NewPasswordFields({
  fields,
  label = 'Password',
}: {
  fields?: Record<string, string>;
  label?: string;
}) {
  return (
    <>
      <PasswordField
        name="password"
        label={label}
        hint={fields?.password ? undefined : 'At least 12 characters. A passphrase works well.'}
        error={fields?.password}
        autoComplete="new-password"
      />
      <PasswordField
        name="again"
        label={`Confirm ${label.toLowerCase()}`}
        error={fields?.again}
        autoComplete="new-password"
      />
    </>
  );
}
