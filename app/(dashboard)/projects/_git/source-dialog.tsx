'use client';

import { useState } from 'react';
import type { GitSource } from '@/lib/projects/git/schema';
import { FormDialog } from '@/app/(dashboard)/projects/_components/form-dialog';
import { answered } from '@/app/_hooks/answered';
import { useRefresh } from '@/app/_hooks/use-refresh';
import type { ProjectId } from '@/lib/ids';
import { changeGit, connectGit } from './actions';
import { LoginFields, loginOf, type LoginValues, noLogin } from './login-fields';
import { SourceFields } from './source-fields';

/** Connects a repository, or changes its URL, branch, folder or login; files change with the next refresh. */
export function SourceDialog({
  projectId,
  source,
  onClose,
}: {
  projectId: ProjectId;
  /** Null: the project has no repository yet. */
  source: GitSource | null;
  onClose: () => void;
}) {
  const refresh = useRefresh();
  const [values, setValues] = useState({
    url: source?.url ?? '',
    ref: source?.ref ?? '',
    folder: source?.folder ?? '',
  });
  const mayKeep = source !== null && source.login !== 'none';
  const [login, setLogin] = useState<LoginValues>({ ...noLogin, kind: mayKeep ? 'kept' : 'none' });
  const save = () =>
    source
      ? answered(changeGit)({ projectId, ...values, login: loginOf(login) })
      : answered(connectGit)({ projectId, ...values, login: loginOf(login) ?? { kind: 'none' } });
  return (
    <FormDialog
      title={source ? 'Repository settings' : 'Connect to a Git repository'}
      description={
        source
          ? 'Files stay unchanged until the next refresh.'
          : 'Files stay unchanged until you refresh; a refresh replaces all of them.'
      }
      submitLabel={source ? 'Save' : 'Connect'}
      onSubmit={save}
      onDone={refresh}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <SourceFields
            values={values}
            errors={errors}
            onChange={(change) => setValues((before) => ({ ...before, ...change }))}
          />
          <LoginFields
            url={values.url}
            values={login}
            errors={errors}
            mayKeep={mayKeep}
            onChange={(change) => setLogin((before) => ({ ...before, ...change }))}
          />
        </>
      )}
    </FormDialog>
  );
}
