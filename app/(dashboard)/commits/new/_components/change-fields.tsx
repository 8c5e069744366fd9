'use client';

import { errorOf } from '@/app/_components/build-options-form/form-values';
import { PairRow } from '@/app/_components/build-options-form/pair-row';
import { RowList } from '@/app/_components/build-options-form/row-list';
import { FieldGroup } from '@/app/_components/ui/field';
import { Panel } from '@/app/_components/ui/panel';
import { TextAreaField, TextField } from '@/app/_components/ui/text-field';
import type { CommitFacts } from '@/lib/commits/schema';
import type { CommitFormState } from './use-commit-form';

interface ChangeFieldsProps {
  state: CommitFormState;
  errors: Record<string, string>;
  inherited: CommitFacts['inherited'];
}

type TextKey = 'command' | 'entrypoint' | 'user' | 'workingDirectory' | 'ports';
type ListKey = 'volumes' | 'triggers';

export function ChangeFields({ state, errors, inherited }: ChangeFieldsProps) {
  const { form, set } = state;
  const linesOf = (text: string) => text.split('\n').length;
  const text = (key: TextKey, label: string, placeholder: string, hint?: string) => (
    <TextField
      label={label}
      error={errorOf(errors, `changes.${key}`)}
      hint={hint}
      mono
      placeholder={placeholder}
      value={form[key]}
      onValueChange={(value) => set({ [key]: value })}
    />
  );
  const lines = (key: ListKey, label: string, placeholder: string, hint: string) => (
    <TextAreaField
      label={label}
      error={errorOf(errors, `changes.${key}`, linesOf(form[key]))}
      hint={hint}
      mono
      rows={2}
      placeholder={placeholder}
      value={form[key]}
      onValueChange={(value) => set({ [key]: value })}
    />
  );
  const pairs = (key: 'environment' | 'labels', legend: string, what: string) => (
    <FieldGroup legend={legend}>
      <RowList
        rows={form[key]}
        onChange={(rows) => set({ [key]: rows })}
        empty={{ name: '', value: '' }}
        addLabel={`Add ${what}`}
        removeLabel={(row) => `Remove ${what} ${row.name}`}
        errorAt={(index) => errorOf(errors, `changes.${key}.${index}`)}
      >
        {(row, index, change, invalid) => (
          <PairRow
            what={`${what[0]!.toUpperCase()}${what.slice(1)} ${index + 1}`}
            pair={row}
            onChange={change}
            invalid={invalid}
          />
        )}
      </RowList>
    </FieldGroup>
  );
  return (
    <Panel title="Changes" meta="empty fields keep the base image’s value">
      <div className="flex flex-col gap-4">
        {text(
          'command',
          'CMD',
          inherited.command || 'none',
          'A JSON array, e.g. ["httpd", "-D", "FOREGROUND"], or a shell command.',
        )}
        {text('entrypoint', 'ENTRYPOINT', inherited.entrypoint || 'none')}
        {pairs('environment', 'ENV', 'variable')}
        {text('ports', 'EXPOSE', '80 443 53/udp')}
        {pairs('labels', 'LABEL', 'label')}
        <div className="grid gap-4 sm:grid-cols-2">
          {text('user', 'USER', inherited.user || 'root')}
          {text('workingDirectory', 'WORKDIR', inherited.workingDirectory || '/')}
        </div>
        {lines('volumes', 'VOLUME', '/var/www', 'One path per line.')}
        {lines(
          'triggers',
          'ONBUILD',
          'RUN make install',
          'One instruction per line, run when another image is built on this one.',
        )}
      </div>
    </Panel>
  );
}
