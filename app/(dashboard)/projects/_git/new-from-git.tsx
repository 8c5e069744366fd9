'use client';

import { GitBranch } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import { formatCount } from '@/lib/format/text';
import type { FetchResult } from '@/lib/projects/git/schema';
import { projectHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextField } from '@/app/_components/ui/text-field';
import { createFromGit } from './actions';
import { FetchProgress } from './fetch-progress';
import { LoginFields, loginOf, noLogin } from './login-fields';
import { SourceFields } from './source-fields';

/** The last part of a URL, without `.git`. */
const suggestion = (url: string) =>
  url
    .replace(/[/\s]+$/, '')
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .at(-1) ?? '';

/** Creates a project from a repository. */
export function NewFromGit() {
  const router = useRouter();
  const toast = useToast();
  const [source, setSource] = useState({ url: '', ref: '', folder: '' });
  const [login, setLogin] = useState(noLogin);
  const [ownName, setOwnName] = useState<string | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const [operationId, setOperationId] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const name = ownName ?? suggestion(source.url);
  const errors = failure?.fields ?? {};

  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await startOnce(createFromGit, {
        ...source,
        name,
        login: loginOf(login) ?? { kind: 'none' },
      });
      setFailure(result.ok ? null : result);
      if (result.ok) setOperationId(result.data.id);
    });
  };
  const done = ({ projectId, files }: FetchResult, warnings: string[]) => {
    toast({
      tone: warnings.length ? 'info' : 'success',
      title: `${name} created with ${formatCount(files, 'file')}`,
      text: warnings.slice(0, 3).join(' ') || undefined,
    });
    router.push(projectHref(projectId));
  };

  if (operationId)
    return <FetchProgress operationId={operationId} onDone={done} onAgain={() => setOperationId(null)} />;
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex max-w-160 flex-col gap-4">
      {failure && !Object.keys(errors).length ? <ErrorState title="Not fetched" error={failure} /> : null}
      <SourceFields
        values={source}
        errors={errors}
        onChange={(change) => setSource((before) => ({ ...before, ...change }))}
      />
      <TextField
        label="Name of the project"
        required
        error={errors.name}
        value={name}
        onValueChange={setOwnName}
      />
      <LoginFields
        url={source.url}
        values={login}
        errors={errors}
        onChange={(change) => setLogin((before) => ({ ...before, ...change }))}
      />
      <div>
        <Button type="submit" variant="primary" icon={<GitBranch aria-hidden />} pending={pending}>
          Fetch and create
        </Button>
      </div>
    </form>
  );
}
