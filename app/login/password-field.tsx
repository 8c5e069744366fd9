'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { Field } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';

/** Keeps what was typed when the form comes back with an error elsewhere. */
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
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where this is what the page is for
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
        hint={fields?.password ? undefined : 'At least 12 characters. Several words are good.'}
        error={fields?.password}
        autoComplete="new-password"
      />
      <PasswordField
        name="again"
        label={`${label}, again`}
        error={fields?.again}
        autoComplete="new-password"
      />
    </>
  );
}
