import { RowList } from '@/app/_components/build-options-form/row-list';
import { Section } from '@/app/_components/build-options-form/section';
import { PublishOnField } from '@/app/_components/container-fields/publish-on-field';
import { Field, FieldGroup } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { gateObjection } from '@/lib/engine/choices';
import type { RunSectionProps } from './run-values';
import { errorAt, type PortRow } from './run-values';

const networkWords: Record<string, string> = {
  bridge: 'bridge: own address, outgoing access',
  host: 'host: the host’s network, no isolation',
  none: 'none: no network',
};

const noPort: PortRow = { inside: '', outside: '', protocol: 'tcp' };

/** Published ports and the network. */
export function NetworkSection({ values, set, errors, options }: RunSectionProps) {
  const objection = values.network === 'host' ? gateObjection(options.defaults.gate, 'network') : undefined;
  return (
    <Section title="Network">
      <FieldGroup
        legend="Ports"
        hint={
          options.exposed.length > 0
            ? 'Ports that the image exposes. Leave the host port empty to use a free one.'
            : 'The image exposes no ports. Leave the host port empty to use a free one.'
        }
      >
        {errors.ports ? (
          <p role="alert" className="text-sm text-failed-ink">
            {errors.ports}
          </p>
        ) : null}
        <RowList
          rows={values.ports}
          onChange={(ports) => set({ ports })}
          empty={noPort}
          addLabel="Publish a port"
          removeLabel={({ inside }, index) => `Remove port ${inside || index + 1}`}
          errorAt={errorAt(errors, 'ports')}
        >
          {(row, _index, change, invalid) => <PortFields row={row} change={change} invalid={invalid} />}
        </RowList>
      </FieldGroup>
      <div className="grid gap-4 sm:grid-cols-2">
        <PublishOnField
          value={values.publishOn}
          onValueChange={(publishOn) => set({ publishOn })}
          error={errors.publishOn}
        />
        <Field label="Network" error={errors.network ?? objection}>
          {(control) => (
            <NativeSelect
              {...control}
              value={values.network}
              onChange={(event) => set({ network: event.target.value })}
            >
              {options.networks.map((network) => (
                <option key={network} value={network}>
                  {networkWords[network] ?? network}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
    </Section>
  );
}

function PortFields({
  row,
  change,
  invalid,
}: {
  row: PortRow;
  change: (row: PortRow) => void;
  invalid: true | undefined;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)_5.5rem] items-center gap-2">
      <Input
        mono
        inputMode="numeric"
        aria-label="Host port"
        aria-invalid={invalid}
        placeholder="any"
        value={row.outside}
        onChange={(event) => change({ ...row, outside: event.target.value })}
      />
      <span aria-hidden className="text-muted">
        →
      </span>
      <Input
        mono
        inputMode="numeric"
        aria-label="Container port"
        aria-invalid={invalid}
        placeholder="80"
        value={row.inside}
        onChange={(event) => change({ ...row, inside: event.target.value })}
      />
      <NativeSelect
        aria-label="Protocol"
        value={row.protocol}
        onChange={(event) => change({ ...row, protocol: event.target.value === 'udp' ? 'udp' : 'tcp' })}
      >
        <option value="tcp">TCP</option>
        <option value="udp">UDP</option>
      </NativeSelect>
    </div>
  );
}
