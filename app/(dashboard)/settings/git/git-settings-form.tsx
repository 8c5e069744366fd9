'use client';

import { type FormEvent, useState, useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { ErrorState } from '@/app/_components/ui/error-state';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextAreaField, TextField } from '@/app/_components/ui/text-field';
import type { ActionFailure } from '@/lib/actions/result';
import type { GitSettings } from '@/lib/projects/git/schema';
import { saveGitSettings } from './actions';

/** One entry or another of the list is wrong: it has one field. */
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
      const result = await saveGitSettings({ privateAddresses, hosts: listed, proxy });
      setFailure(result.ok ? null : result);
      setSaved(result.ok);
    });
  };
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex max-w-160 flex-col gap-5">
      {failure && !Object.keys(errors).length ? <ErrorState title="Not saved" error={failure} /> : null}
      <TextAreaField
        label="Only these servers"
        optional
        error={hostsError(errors)}
        hint="One name on each line. Empty: every server that the addresses below allow."
        mono
        rows={3}
        placeholder="git.example.org"
        value={hosts}
        onValueChange={setHosts}
      />
      <Checkbox
        label="Repositories in one’s own network"
        hint="Also private and loopback addresses are asked, and there plain http too. Whoever may create projects can then reach what this server reaches. Off: only addresses of the internet. Link-local addresses, where clouds give out credentials, are never asked."
        checked={privateAddresses}
        onChange={(event) => setPrivateAddresses(event.target.checked)}
      />
      <TextField
        label="Proxy for https"
        optional
        error={errors.proxy}
        hint="It looks the servers’ names up by itself, so that the rule about addresses does not hold behind it: it is used for the servers that are listed, and needs the list. Repositories by ssh are reached without it."
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
          {saved ? 'Saved. It holds from now on.' : ''}
        </span>
      </div>
    </form>
  );
}
