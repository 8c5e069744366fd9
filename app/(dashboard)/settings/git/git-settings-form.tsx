'use client';

import { useState, useTransition } from 'react';
import { Switch } from '@/app/_components/ui/checkbox';
import { ErrorState } from '@/app/_components/ui/error-state';
import type { ActionFailure } from '@/lib/actions/result';
import type { GitSettings } from '@/lib/projects/git/schema';
import { saveGitSettings } from './actions';

export function GitSettingsForm({ settings }: { settings: GitSettings }) {
  const [allowed, setAllowed] = useState(settings.privateAddresses);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [saved, setSaved] = useState(false);
  const [pending, startTransition] = useTransition();
  const change = (privateAddresses: boolean) => {
    setAllowed(privateAddresses);
    setSaved(false);
    startTransition(async () => {
      const result = await saveGitSettings({ privateAddresses });
      setFailure(result.ok ? null : result);
      setSaved(result.ok);
      if (!result.ok) setAllowed(!privateAddresses);
    });
  };
  return (
    <div className="flex max-w-160 flex-col gap-3">
      {failure ? <ErrorState title="Not saved" error={failure} /> : null}
      <Switch
        label="Repositories in one’s own network"
        hint="Also private and loopback addresses are asked, and there plain http too. Whoever may create projects can then reach what this server reaches. Off: only addresses of the internet. Link-local addresses, where clouds give out credentials, are never asked."
        checked={allowed}
        disabled={pending}
        onChange={(event) => change(event.target.checked)}
      />
      <span role="status" className="text-muted">
        {saved ? 'Saved. It holds from now on.' : ''}
      </span>
    </div>
  );
}
