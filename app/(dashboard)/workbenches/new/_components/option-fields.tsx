import type { ComponentProps } from 'react';
import { RowList } from '@/app/_components/build-options-form/row-list';
import { EnvironmentFields } from '@/app/_components/container-fields/environment-fields';
import { IsolationFields } from '@/app/_components/container-fields/isolation-fields';
import { LimitFields } from '@/app/_components/container-fields/limit-fields';
import { PublishOnField } from '@/app/_components/container-fields/publish-on-field';
import { FieldGroup } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import { SelectField, TextAreaField, TextField } from '@/app/_components/ui/text-field';
import { gateObjection } from '@/lib/engine/choices';
import type { GateAllows } from '@/lib/engine/types';
import type { FormValues } from './form-values';

interface FieldsProps {
  values: FormValues;
  set: (change: Partial<FormValues>) => void;
  error: (field: string) => string | undefined;
}

const shellLabels: Record<FormValues['shell'], string> = {
  auto: 'Detect shell',
  bash: 'bash',
  ash: 'ash',
  dash: 'dash',
  sh: 'sh',
  command: 'Custom command',
};

/** What is started in it. */
export function ShellFields({ values, set, error }: FieldsProps) {
  return (
    <>
      <SelectField
        label="Start with"
        error={error('shell')}
        hint="Detects the first of bash, ash, dash and sh. These support recording."
        value={values.shell}
        onValueChange={(value) => set({ shell: value as FormValues['shell'] })}
        options={Object.entries(shellLabels).map(([value, label]) => ({ value, label }))}
      />
      {values.shell === 'command' ? (
        <TextAreaField
          label="Command"
          required
          error={error('command')}
          hint="The program and its arguments, one per line."
          mono
          rows={3}
          value={values.command}
          onValueChange={(command) => set({ command })}
        />
      ) : null}
    </>
  );
}

/** Options that apply to new containers only. */
export function ContainerFields({ values, set, error, gate }: FieldsProps & { gate: GateAllows | null }) {
  const reachesHost = /^(host$|container:)/.test(values.network.trim());
  return (
    <>
      <TextField
        label="Name"
        optional
        error={error('name')}
        hint="Container name. Generated if empty."
        mono
        value={values.name}
        onValueChange={(name) => set({ name })}
      />
      <FieldGroup legend="Ports" hint="Host port and container port, e.g. 80 or 53/udp.">
        <RowList
          rows={values.ports}
          onChange={(ports) => set({ ports })}
          empty={{ host: '', container: '' }}
          addLabel="Add a port"
          removeLabel={(port) => `Remove port ${port.container}`}
          errorAt={(index) => error(`ports.${index}.container`) ?? error(`ports.${index}.host`)}
        >
          {(port, _index, change, invalid) => (
            <div className="grid grid-cols-2 gap-2">
              <Input
                mono
                inputMode="numeric"
                aria-label="Host port"
                aria-invalid={invalid}
                placeholder="any free"
                value={port.host}
                onChange={(event) => change({ ...port, host: event.target.value })}
              />
              <Input
                mono
                aria-label="Container port"
                aria-invalid={invalid}
                placeholder="80"
                value={port.container}
                onChange={(event) => change({ ...port, container: event.target.value })}
              />
            </div>
          )}
        </RowList>
      </FieldGroup>
      {values.ports.length > 0 ? (
        <PublishOnField
          value={values.publishOn}
          onValueChange={(publishOn) => set({ publishOn })}
          error={error('publishOn')}
        />
      ) : null}
      <TextField
        label="Network"
        optional
        error={error('network') ?? (reachesHost ? gateObjection(gate, 'network') : undefined)}
        hint="host, none or a network name"
        mono
        value={values.network}
        onValueChange={(network) => set({ network })}
      />
    </>
  );
}

/** Options that apply to shells in existing containers, too. */
export function SurroundingFields({ values, set, error }: FieldsProps) {
  return (
    <>
      <EnvironmentFields
        rows={values.environment}
        onChange={(environment) => set({ environment })}
        errorAt={(index) => error(`environment.${index}.name`) ?? error(`environment.${index}.value`)}
      />
      <TextField
        label="Working directory"
        optional
        error={error('directory')}
        hint="Default: the image’s."
        mono
        placeholder="/srv"
        value={values.directory}
        onValueChange={(directory) => set({ directory })}
      />
    </>
  );
}

/** What a new container may use and do. */
export function LimitationFields(props: ComponentProps<typeof IsolationFields>) {
  return (
    <>
      <FieldGroup legend="Resources">
        <LimitFields {...props} />
      </FieldGroup>
      <FieldGroup legend="Isolation">
        <IsolationFields {...props} />
      </FieldGroup>
    </>
  );
}
