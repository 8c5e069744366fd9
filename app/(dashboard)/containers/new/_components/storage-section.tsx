import { RowList } from '@/app/_components/build-options-form/row-list';
import { Section } from '@/app/_components/build-options-form/section';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { FieldGroup } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import { gateObjection } from '@/lib/engine/choices';
import type { RunSectionProps } from './run-values';
import { errorAt, type MountRow } from './run-values';

/** Volumes and, for users who may, folders of the host. */
export function StorageSection({
  values,
  set,
  errors,
  options,
  mayMount,
}: RunSectionProps & { mayMount: boolean }) {
  const refused = (index: number) => {
    const source = values.mounts[index]?.source.trim() ?? '';
    return mayMount && source.startsWith('/')
      ? gateObjection(options.defaults.gate, `bind:${source}`)
      : undefined;
  };
  const invalidAt = errorAt(errors, 'mounts');
  const wanted = options.volumes.filter((path) => !values.mounts.some(({ target }) => target === path));
  return (
    <Section title="Storage">
      <FieldGroup
        legend="Volumes"
        hint={
          <>
            A volume keeps its data when the container is removed; a new name creates a new volume.{' '}
            {mayMount
              ? ' A path such as /srv/data mounts that folder of the engine’s host.'
              : ' Only an administrator can mount folders of the engine’s host.'}{' '}
            {wanted.length > 0 ? ` The image declares volumes at ${wanted.join(', ')}.` : null}
          </>
        }
      >
        <RowList
          rows={values.mounts}
          onChange={(mounts) => set({ mounts })}
          empty={{ source: '', target: wanted[0] ?? '', readOnly: false }}
          addLabel="Add volume"
          removeLabel={({ source }, index) => `Remove volume ${source || index + 1}`}
          errorAt={(index) => invalidAt(index) ?? refused(index)}
        >
          {(row, _index, change, invalid) => <MountFields row={row} change={change} invalid={invalid} />}
        </RowList>
        <datalist id="volume-names">
          {options.volumeNames.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
      </FieldGroup>
    </Section>
  );
}

function MountFields({
  row,
  change,
  invalid,
}: {
  row: MountRow;
  change: (row: MountRow) => void;
  invalid: true | undefined;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-center gap-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
      <Input
        mono
        list="volume-names"
        aria-label="Volume"
        aria-invalid={invalid}
        placeholder="data"
        value={row.source}
        onChange={(event) => change({ ...row, source: event.target.value })}
      />
      <Input
        mono
        aria-label="Path in the container"
        aria-invalid={invalid}
        placeholder="/var/lib/data"
        value={row.target}
        onChange={(event) => change({ ...row, target: event.target.value })}
      />
      <Checkbox
        label="Read only"
        checked={row.readOnly}
        onChange={(event) => change({ ...row, readOnly: event.target.checked })}
      />
    </div>
  );
}
