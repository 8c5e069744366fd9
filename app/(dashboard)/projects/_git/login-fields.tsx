'use client';

import { useId } from 'react';
import { TextAreaField, TextField } from '@/app/_components/ui/text-field';
import { HostKeysField } from './host-keys-field';
import type { GitLogin } from '@/lib/projects/git/schema';

/** Values of all kinds, so that switching the kind loses nothing. */
export interface LoginValues {
  kind: GitLogin['kind'] | 'kept';
  username: string;
  password: string;
  key: string;
  hostKeys: string;
}

export const noLogin: LoginValues = { kind: 'none', username: '', password: '', key: '', hostKeys: '' };

/** The input of the action; undefined: keep the stored login. */
export function loginOf({ kind, username, password, key, hostKeys }: LoginValues): GitLogin | undefined {
  if (kind === 'kept') return undefined;
  if (kind === 'password') return { kind, username, password };
  return kind === 'key' ? { kind, key, hostKeys } : { kind: 'none' };
}

const choices: { value: LoginValues['kind']; label: string; hint: string }[] = [
  { value: 'kept', label: 'Stored login', hint: 'Only for this server.' },
  { value: 'none', label: 'None', hint: 'For public repositories.' },
  {
    value: 'password',
    label: 'User name and token',
    hint: 'For HTTPS. A read-only token is enough.',
  },
  { value: 'key', label: 'SSH key', hint: 'For SSH. Use a read-only deploy key for this repository.' },
];

interface LoginFieldsProps {
  /** URL of the repository, as typed. */
  url: string;
  values: LoginValues;
  errors: Record<string, string>;
  onChange: (change: Partial<LoginValues>) => void;
}

/** The login for the server of a repository. Values go to our server only. */
export function LoginFields({ mayKeep = false, ...fields }: LoginFieldsProps & { mayKeep?: boolean }) {
  const { values, errors, onChange } = fields;
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium">Login</legend>
      {choices
        .filter(({ value }) => mayKeep || value !== 'kept')
        .map((choice) => (
          <label key={choice.value} className="flex items-start gap-2.5">
            <input
              type="radio"
              name={name}
              className="mt-1 size-4 shrink-0 accent-accent"
              checked={values.kind === choice.value}
              onChange={() => onChange({ kind: choice.value })}
            />
            <span>
              {choice.label}
              <span className="block text-sm text-muted">{choice.hint}</span>
            </span>
          </label>
        ))}
      {errors['login.kind'] ? (
        <p role="alert" className="text-sm text-failed-ink">
          {errors['login.kind']}
        </p>
      ) : null}
      {values.kind === 'password' ? <PasswordFields {...fields} /> : null}
      {values.kind === 'key' ? <KeyFields {...fields} /> : null}
    </fieldset>
  );
}

function PasswordFields({ values, errors, onChange }: LoginFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="User name"
        required
        error={errors['login.username']}
        mono
        autoComplete="off"
        value={values.username}
        onValueChange={(username) => onChange({ username })}
      />
      <TextField
        label="Token or password"
        required
        error={errors['login.password']}
        hint="Stored encrypted, never shown."
        type="password"
        autoComplete="new-password"
        value={values.password}
        onValueChange={(password) => onChange({ password })}
      />
    </div>
  );
}

function KeyFields({ url, values, errors, onChange }: LoginFieldsProps) {
  return (
    <>
      <TextAreaField
        label="Private key"
        required
        error={errors['login.key']}
        hint="Without a passphrase. Stored encrypted, never shown."
        mono
        rows={4}
        autoComplete="off"
        placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
        value={values.key}
        onValueChange={(key) => onChange({ key })}
      />
      <HostKeysField
        url={url}
        value={values.hostKeys}
        error={errors['login.hostKeys']}
        onChange={(hostKeys) => onChange({ hostKeys })}
      />
    </>
  );
}
