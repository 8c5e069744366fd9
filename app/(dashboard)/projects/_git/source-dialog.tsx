'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { GitSource } from '@/lib/projects/git/schema';
import { FormDialog } from '@/app/(dashboard)/projects/_components/form-dialog';
import { changeGit, connectGit } from './actions';
import { LoginFields, loginOf, type LoginValues, noLogin } from './login-fields';
import { SourceFields } from './source-fields';

/** Another branch, folder, address or login, or a first one; the files follow with the next refresh. */
export function SourceDialog({
  projectId,
  source,
  onClose,
}: {
  projectId: string;
  /** null: the project has no repository yet. */
  source: GitSource | null;
  onClose: () => void;
}) {
  const router = useRouter();
  const [values, setValues] = useState({
    url: source?.url ?? '',
    ref: source?.ref ?? '',
    folder: source?.folder ?? '',
  });
  const mayKeep = source !== null && source.login !== 'none';
  const [login, setLogin] = useState<LoginValues>({ ...noLogin, kind: mayKeep ? 'kept' : 'none' });
  const save = () =>
    source
      ? changeGit({ projectId, ...values, login: loginOf(login) })
      : connectGit({ projectId, ...values, login: loginOf(login) ?? { kind: 'none' } });
  return (
    <FormDialog
      title={source ? 'Repository of this project' : 'Connect to a Git repository'}
      description={
        source
          ? 'The files stay as they are until the next refresh.'
          : 'The files stay as they are until you press Refresh; it puts those of the repository in their place.'
      }
      submitLabel={source ? 'Save' : 'Connect'}
      onSubmit={save}
      onDone={() => router.refresh()}
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
