'use client';

import { Field } from '@/app/_components/ui/field';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { Panel } from '@/app/_components/ui/panel';
import { TextField } from '@/app/_components/ui/text-field';
import type { CommitFacts } from '@/lib/commits/schema';
import type { RegistryId } from '@/lib/ids';
import { type CommitFormState, partsOf } from './use-commit-form';

export function PushFields({
  state,
  errors,
  registries,
}: {
  state: CommitFormState;
  errors: Record<string, string>;
  registries: CommitFacts['registries'];
}) {
  const { form, set } = state;
  const choose = (registryId: RegistryId) => {
    const { repository, tag } = partsOf(form.reference);
    set({ registryId, repository: form.repository || repository, tag: form.tag || tag });
  };
  return (
    <Panel title="Push">
      <div className="flex flex-col gap-4">
        <Field
          label="After the commit"
          hint={registries.length === 0 ? 'No registries yet. Add one under Registries.' : undefined}
        >
          {(control) => (
            <NativeSelect
              {...control}
              value={form.registryId}
              onChange={(event) => choose(event.target.value)}
            >
              <option value="">Do not push</option>
              {registries.map(({ id, name, host }) => (
                <option key={id} value={id}>
                  Push to {name === host ? host : `${name} (${host})`}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        {form.registryId ? (
          <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_8rem]">
            <TextField
              label="Repository"
              error={errors['push.repository'] ?? errors.push}
              mono
              placeholder="myadmin/rhel7-httpd"
              value={form.repository}
              onValueChange={(repository) => set({ repository })}
            />
            <TextField
              label="Tag"
              error={errors['push.tag']}
              mono
              placeholder="latest"
              value={form.tag}
              onValueChange={(tag) => set({ tag })}
            />
          </div>
        ) : null}
      </div>
    </Panel>
  );
}
