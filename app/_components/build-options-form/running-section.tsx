import { Checkbox } from '@/app/_components/ui/checkbox';
import { Field } from '@/app/_components/ui/field';
import { Textarea } from '@/app/_components/ui/input';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { builderLabels, builderNames } from '@/lib/builders/choices';
import { builders, networkModes } from '@/lib/projects/choices';
import { reasonAgainst } from './choices';
import { errorOf } from './form-values';
import { Section, type SectionProps } from './section';

const networkLabels = {
  default: 'As the engine has it',
  none: 'None: steps cannot reach anything',
  host: 'The host’s own: steps reach what the host reaches',
} as const;

const linesIn = (text: string) => text.split('\n').filter((line) => line.trim()).length;

/** How it is built: cache, network, builder. */
export function RunningSection({ form, set, errors, choices }: SectionProps) {
  const { engine } = choices;
  const against = (option: string) => reasonAgainst(choices, form.builder, option);
  const best = engine?.builders[0];
  return (
    <Section title="How it is built">
      <div className="flex flex-col gap-2.5">
        <Checkbox
          checked={form.pull}
          onChange={(event) => set({ pull: event.target.checked })}
          label="Always pull base images"
          hint="Use the registry’s images, even if others are available locally."
        />
        <Checkbox
          checked={form.noCache}
          onChange={(event) => set({ noCache: event.target.checked })}
          label="No cache"
          hint="Run every step anew."
        />
      </div>
      <Field
        label="Cache from"
        optional
        error={errorOf(errors, 'cacheFrom', linesIn(form.cacheFrom))}
        hint={against('cacheFrom') ?? 'Images whose layers may be used again, one in a line.'}
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={2}
            disabled={against('cacheFrom') !== undefined}
            value={form.cacheFrom}
            onChange={(event) => set({ cacheFrom: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Builder"
          error={errors.builder}
          hint={engine ? undefined : 'The engine cannot be asked now what it has.'}
        >
          {(control) => (
            <NativeSelect
              {...control}
              value={form.builder}
              onChange={(event) =>
                set({ builder: builders.find((builder) => builder === event.target.value) ?? 'auto' })
              }
            >
              <option value="auto">Automatic{best ? `: ${builderLabels[best]}` : ''}</option>
              {builderNames.map((builder) => (
                <option
                  key={builder}
                  value={builder}
                  disabled={engine !== null && !engine.builders.includes(builder)}
                >
                  {builderLabels[builder]}
                  {engine && !engine.builders.includes(builder) ? ' (not in this engine)' : ''}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label="Network" error={errors.networkMode} hint={against('networkMode')}>
          {(control) => (
            <NativeSelect
              {...control}
              disabled={against('networkMode') !== undefined}
              value={form.networkMode}
              onChange={(event) =>
                set({ networkMode: networkModes.find((mode) => mode === event.target.value) ?? 'default' })
              }
            >
              {networkModes.map((mode) => (
                <option key={mode} value={mode}>
                  {networkLabels[mode]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
      <Field
        label="Extra hosts"
        optional
        error={errorOf(errors, 'extraHosts', linesIn(form.extraHosts))}
        hint={against('extraHosts') ?? 'Names that steps can resolve, one in a line: db:10.0.0.5'}
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={2}
            disabled={against('extraHosts') !== undefined}
            value={form.extraHosts}
            onChange={(event) => set({ extraHosts: event.target.value })}
          />
        )}
      </Field>
    </Section>
  );
}
