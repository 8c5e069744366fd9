'use client';

import { type FormEvent, useState, useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { ErrorState } from '@/app/_components/ui/error-state';
import { answered } from '@/app/_hooks/answered';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextAreaField, TextField } from '@/app/_components/ui/text-field';
import type { ActionFailure } from '@/lib/actions/result';
import type { GitSettings } from '@/lib/projects/git/schema';
import { saveGitSettings } from './actions';

/** The list has one field, so it shows the first error of any entry. */
const hostsError = (fields: Record<string, string>) =>
  Object.entries(fields).find(([name]) => name === 'hosts' || name.startsWith('hosts.'))?.[1];

export function GitSettingsForm({ settings }: { settings: GitSettings }) {
  const [privateAddresses, setPrivateAddresses] = useState(settings.privateAddresses);
  const [hosts, setHosts] = useState(settings.hosts.join('\n'));
  const [proxy, setProxy] = useState(settings.proxy);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const [saved, setSaved] = useState(false);
  const [pending, startTransition] = useTransition();
  const errors = failure?.fields ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSaved(false);
    startTransition(async () => {
      const listed = hosts.split(/[\s,]+/).filter(Boolean);
      const result = await answered(saveGitSettings)({ privateAddresses, hosts: listed, proxy });
      setFailure(result.ok ? null : result);
      setSaved(result.ok);
    });
  };
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex max-w-160 flex-col gap-5">
      {failure && !Object.keys(errors).length ? <ErrorState title="Not saved" error={failure} /> : null}
      <TextAreaField
        label="Allowed servers"
        optional
        error={hostsError(errors)}
        hint="One host name per line. If empty, all servers at allowed addresses."
        mono
        rows={3}
        placeholder="git.example.org"
        value={hosts}
        onValueChange={setHosts}
      />
      <Checkbox
        label="Allow private networks"
        hint="Allows private and loopback addresses, also over plain HTTP. Everyone who can create projects can then reach what this server can reach. If off, only public addresses are allowed. Link-local addresses, where clouds serve credentials, are never allowed."
        checked={privateAddresses}
        onChange={(event) => setPrivateAddresses(event.target.checked)}
      />
      <TextField
        label="HTTPS proxy"
        optional
        error={errors.proxy}
        hint="The proxy resolves host names itself, so the address rule cannot be enforced. It is therefore only used for allowed servers and requires that list. SSH repositories do not use it."
        mono
        inputMode="url"
        placeholder="http://proxy.example.org:3128"
        value={proxy}
        onValueChange={setProxy}
      />
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" pending={pending}>
          Save
        </Button>
        <span role="status" className="text-muted">
          {saved ? 'Saved.' : ''}
        </span>
      </div>
    </form>
  );
}
