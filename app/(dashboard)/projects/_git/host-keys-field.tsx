'use client';

import { KeyRound } from 'lucide-react';
import { useState, useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Notice } from '@/app/_components/ui/notice';
import { TextAreaField } from '@/app/_components/ui/text-field';
import { answered } from '@/app/_hooks/answered';
import type { ActionFailure } from '@/lib/actions/result';
import type { HostKey } from '@/lib/projects/git/schema';
import { readHostKeys } from './actions';

/** The host keys of the server: pasted, or fetched and then compared by the user. */
export function HostKeysField({
  url,
  value,
  error,
  onChange,
}: {
  url: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  const [found, setFound] = useState<HostKey[]>([]);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [pending, startTransition] = useTransition();
  const ask = () =>
    startTransition(async () => {
      const result = await answered(readHostKeys)({ url });
      setFailure(result.ok ? null : result);
      setFound(result.ok ? result.data : []);
      if (result.ok) onChange(`${result.data.map((key) => key.line).join('\n')}\n`);
    });
  return (
    <>
      <TextAreaField
        label="Host keys of the server"
        required
        error={error}
        hint="Output of “ssh-keyscan host”, or lines of a known_hosts file. Only a server with one of these keys is trusted."
        aside={
          <Button size="small" icon={<KeyRound aria-hidden />} pending={pending} onClick={ask}>
            Fetch from server
          </Button>
        }
        mono
        rows={3}
        placeholder="example.org ssh-ed25519 AAAA…"
        value={value}
        onValueChange={onChange}
      />
      {failure ? <ErrorState title="Host keys not received" error={failure} /> : null}
      {found.length ? (
        <Notice tone="warning" title="Compare these before you continue">
          <p>
            Whoever answered says these are the server’s keys. Its operator publishes the fingerprints of the
            right ones.
          </p>
          <ul className="mt-1">
            {found.map((key) => (
              <li key={key.line} className="font-mono text-sm break-all">
                {key.type} {key.fingerprint}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </>
  );
}
