import { RowList } from '@/app/_components/build-options-form/row-list';
import { EnvironmentFields } from '@/app/_components/container-fields/environment-fields';
import { Field, FieldGroup } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import type { FormValues } from './form-values';

interface FieldsProps {
  values: FormValues;
  set: (change: Partial<FormValues>) => void;
  error: (field: string) => string | undefined;
}

/** What only a new container has: its name, its ports, its limits, its network. */
export function ContainerFields({ values, set, error }: FieldsProps) {
  return (
    <>
      <Field
        label="Name"
        optional
        error={error('name')}
        hint="Of the container; else the engine makes one up."
      >
        {(control) => (
          <Input
            {...control}
            mono
            value={values.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <FieldGroup
        legend="Ports"
        hint="A port of the engine's host, and the one in the container: 80, or 53/udp."
      >
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
                aria-label="Port of the host"
                aria-invalid={invalid}
                placeholder="any free"
                value={port.host}
                onChange={(event) => change({ ...port, host: event.target.value })}
              />
              <Input
                mono
                aria-label="Port in the container"
                aria-invalid={invalid}
                placeholder="80"
                value={port.container}
                onChange={(event) => change({ ...port, container: event.target.value })}
              />
            </div>
          )}
        </RowList>
      </FieldGroup>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Memory" optional error={error('memory')} hint="MB, without swap">
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={values.memory}
              onChange={(event) => set({ memory: event.target.value })}
            />
          )}
        </Field>
        <Field label="CPUs" optional error={error('cpus')} hint="1.5 is one and a half">
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              value={values.cpus}
              onChange={(event) => set({ cpus: event.target.value })}
            />
          )}
        </Field>
        <Field label="Network" optional error={error('network')} hint="host, none, or one by its name">
          {(control) => (
            <Input
              {...control}
              mono
              value={values.network}
              onChange={(event) => set({ network: event.target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

/** What its first program finds around it. */
export function SurroundingFields({ values, set, error }: FieldsProps) {
  return (
    <>
      <EnvironmentFields
        rows={values.environment}
        onChange={(environment) => set({ environment })}
        errorAt={(index) => error(`environment.${index}.name`) ?? error(`environment.${index}.value`)}
      />
      <Field label="Working directory" optional error={error('directory')} hint="Else that of the image.">
        {(control) => (
          <Input
            {...control}
            mono
            placeholder="/srv"
            value={values.directory}
            onChange={(event) => set({ directory: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
