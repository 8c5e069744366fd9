'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { GitSource } from '@/lib/projects/git/schema';
import { FormDialog } from '@/app/(dashboard)/projects/_components/form-dialog';
import { changeGit } from './actions';
import { LoginFields, loginOf, noLogin } from './login-fields';
import { SourceFields } from './source-fields';

/** Another branch, folder, address or login; the files follow with the next refresh. */
export function ChangeSource({
  projectId,
  source,
  onClose,
}: {
  projectId: string;
  source: GitSource;
  onClose: () => void;
}) {
  const router = useRouter();
  const [values, setValues] = useState({ url: source.url, ref: source.ref, folder: source.folder });
  const mayKeep = source.login !== 'none';
  const [login, setLogin] = useState({
    ...noLogin,
    kind: mayKeep ? ('kept' as const) : ('none' as const),
  } as typeof noLogin);
  return (
    <FormDialog
      title="Repository of this project"
      description="The files stay as they are until the next refresh."
      submitLabel="Save"
      onSubmit={() => changeGit({ projectId, ...values, login: loginOf(login) })}
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
