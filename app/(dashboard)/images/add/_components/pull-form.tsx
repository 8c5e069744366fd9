'use client';

import { Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { startPull } from '@/app/(dashboard)/images/add/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextField } from '@/app/_components/ui/text-field';
import type { ActionFailure } from '@/lib/actions/result';
import { imageWorkHref } from '@/lib/images/href';
import type { PullRegistry } from '@/lib/images/pull/schema';
import { formatReference, parseReference, registryHost, withDefaultTag } from '@/lib/references/reference';

interface Read {
  reason?: string;
  full?: string;
  host?: string;
}

function read(text: string): Read {
  if (text.trim() === '') return {};
  const parsed = parseReference(text.trim());
  if (!parsed.ok) return { reason: parsed.reason };
  const reference = withDefaultTag(parsed.reference);
  return { full: formatReference(reference), host: registryHost(reference) };
}

/** Replaces the registry host of a typed reference; the rest stays as typed. */
function withHost(text: string, host: string): string {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const rest = /[.:]/.test(first) || first === 'localhost' ? text.slice(slash + 1) : text;
  return host === 'docker.io' ? rest : `${host}/${rest}`;
}

/** Shows the full reference and the login that will be used before the pull. */
export function PullForm({ registries, reference }: { registries: PullRegistry[]; reference: string }) {
  const router = useRouter();
  const [text, setText] = useState(reference);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const { reason, full, host } = read(text);
  const known = registries.find((registry) => registry.host === host);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!full) return;
    setPending(true);
    setFailure(null);
    const result = await startOnce(startPull, { reference: text });
    if (result.ok) return router.push(imageWorkHref(result.data.id));
    setPending(false);
    setFailure(result);
  };

  return (
    <form
      ref={form}
      onSubmit={(event) => void submit(event)}
      className="flex max-w-160 flex-col gap-4"
      noValidate
    >
      <TextField
        label="Image"
        error={reason ?? failure?.fields?.reference}
        hint={
          full
            ? `In full: ${full}`
            : 'httpd:2.4, registry-host:5000/myadmin/mysite:1, or a name with @sha256:…'
        }
        mono
        value={text}
        placeholder="registry-host:5000/myadmin/mysite:1"
        onValueChange={(value) => {
          setText(value);
          setFailure(null);
        }}
      />
      {registries.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-sm text-muted">From</span>
          {registries.map((registry) => (
            <Button
              key={registry.host}
              size="small"
              aria-pressed={registry.host === host}
              onClick={() => setText((before) => withHost(before, registry.host))}
            >
              {registry.host}
            </Button>
          ))}
        </div>
      ) : null}
      {host ? (
        <p className="text-sm text-muted">
          {known?.username
            ? `Uses the login of ${known.username} that is stored for ${host}.`
            : `No login is stored for ${host}: the pull is anonymous.`}
        </p>
      ) : null}
      {failure && !failure.fields?.reference ? (
        <ErrorState title="The pull could not be started" error={failure} />
      ) : null}
      <div>
        <Button
          type="submit"
          variant="primary"
          icon={<Download aria-hidden />}
          pending={pending}
          disabled={!full}
        >
          Pull
        </Button>
      </div>
    </form>
  );
}
