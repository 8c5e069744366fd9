import { Field, FieldGroup } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { TextField } from '@/app/_components/ui/text-field';
import type { DockerfileOutline } from '@/lib/dockerfiles/outline';
import { errorOf } from './form-values';
import { PairRow } from './pair-row';
import { RowList } from './row-list';
import { Section, type SectionProps } from './section';

interface OfferedArgument {
  name: string;
  default: string | null;
  line: number;
}

/** The ARGs of the Dockerfile, each once, with the first default. */
function offeredArguments(outline: DockerfileOutline | null): OfferedArgument[] {
  const found = new Map<string, OfferedArgument>();
  for (const { name, line, default: value } of outline?.args ?? [])
    if (found.get(name)?.default == null)
      found.set(name, { name, default: value, line: found.get(name)?.line ?? line });
  return [...found.values()];
}

export function DockerfileSection({ form, set, errors, choices }: SectionProps) {
  const stages = (choices.outline?.stages ?? []).flatMap((stage) => stage.name ?? []);
  return (
    <Section title="Dockerfile">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Dockerfile"
          error={errors.dockerfile}
          hint="Path in the project."
          mono
          suggestions={choices.dockerfiles.map((file) => ({ value: file, label: file }))}
          value={form.dockerfile}
          onValueChange={(dockerfile) => set({ dockerfile })}
        />
        <Field label="Target" optional error={errors.target} hint="Build up to this stage.">
          {(control) =>
            stages.length ? (
              <NativeSelect
                {...control}
                value={form.target}
                onChange={(event) => set({ target: event.target.value })}
              >
                <option value="">Final stage</option>
                {form.target && !stages.includes(form.target) ? (
                  <option value={form.target}>{form.target} (not in the Dockerfile)</option>
                ) : null}
                {stages.map((stage) => (
                  <option key={stage} value={stage}>
                    {stage}
                  </option>
                ))}
              </NativeSelect>
            ) : (
              <Input
                {...control}
                mono
                placeholder="Final stage"
                value={form.target}
                onChange={(event) => set({ target: event.target.value })}
              />
            )
          }
        </Field>
        <TextField
          label="Platform"
          optional
          error={errors.platform}
          hint="Platform of the image. A platform other than the engine’s needs emulation on its host."
          mono
          placeholder={choices.engine?.platform ?? 'linux/amd64'}
          value={form.platform}
          onValueChange={(platform) => set({ platform })}
        />
      </div>
      <ArgumentFields form={form} set={set} errors={errors} choices={choices} />
      <FieldGroup legend="Labels" hint="Stored in the image configuration.">
        <RowList
          rows={form.labels}
          onChange={(labels) => set({ labels })}
          empty={{ name: '', value: '' }}
          addLabel="Add label"
          removeLabel={({ name }) => `Remove label ${name}`}
          errorAt={(index) => errorOf(errors, `labels.${index}`)}
        >
          {(label, index, change, invalid) => (
            <PairRow what={`Label ${index + 1}`} pair={label} onChange={change} invalid={invalid} />
          )}
        </RowList>
      </FieldGroup>
    </Section>
  );
}

/** The ARGs of the Dockerfile with their defaults, and added ones. */
function ArgumentFields({ form, set, errors, choices }: SectionProps) {
  const offered = offeredArguments(choices.outline);
  const names = new Set(offered.map(({ name }) => name));
  const change = (name: string, value: string) => {
    const others = form.buildArgs.filter((arg) => arg.name !== name);
    set({ buildArgs: value === '' ? others : [...others, { name, value }] });
  };
  const own = form.buildArgs.filter((arg) => !names.has(arg.name));
  // Errors are indexed as in the check: by the whole list without empty rows.
  const sent = form.buildArgs.filter(({ name, value }) => name || value);
  const errorFor = (arg: (typeof own)[number] | undefined) =>
    arg ? errorOf(errors, `buildArgs.${sent.indexOf(arg)}`) : undefined;
  return (
    <FieldGroup
      legend="Build arguments"
      hint="Stored readably in the image: use secrets for passwords and tokens."
    >
      {offered.length ? (
        <div className="flex flex-col gap-2">
          {offered.map((arg) => {
            const set = form.buildArgs.find((other) => other.name === arg.name);
            return (
              <TextField
                key={arg.name}
                className="sm:grid sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] sm:items-center sm:gap-2"
                label={<span className="font-mono text-sm font-normal break-all">{arg.name}</span>}
                error={errorFor(set)}
                mono
                placeholder={arg.default ?? 'no default'}
                title={`ARG in Dockerfile line ${arg.line}`}
                value={set?.value ?? ''}
                onValueChange={(value) => change(arg.name, value)}
              />
            );
          })}
        </div>
      ) : null}
      <RowList
        rows={own}
        onChange={(rows) =>
          set({ buildArgs: [...form.buildArgs.filter((arg) => names.has(arg.name)), ...rows] })
        }
        empty={{ name: '', value: '' }}
        addLabel={offered.length ? 'Add another argument' : 'Add argument'}
        removeLabel={({ name }) => `Remove argument ${name}`}
        errorAt={(index) => errorFor(own[index])}
      >
        {(arg, index, changeRow, invalid) => (
          <PairRow what={`Argument ${index + 1}`} pair={arg} onChange={changeRow} invalid={invalid} />
        )}
      </RowList>
    </FieldGroup>
  );
}
