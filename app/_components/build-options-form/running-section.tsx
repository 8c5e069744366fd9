import { Checkbox } from '@/app/_components/ui/checkbox';
import { SelectField, TextAreaField } from '@/app/_components/ui/text-field';
import { builderLabels, builderNames } from '@/lib/builders/choices';
import { gateObjection } from '@/lib/engine/choices';
import { builders, networkModes } from '@/lib/projects/choices';
import { type BuildChoices, reasonAgainst } from './choices';
import { errorOf } from './form-values';
import { Section, type SectionProps } from './section';

const networkLabels = {
  default: 'Engine default',
  none: 'None: no network access',
  host: 'Host: same access as the engine’s host',
} as const;

const linesIn = (text: string) => text.split('\n').filter((line) => line.trim()).length;

function builderOptions(engine: BuildChoices['engine']) {
  const best = engine?.builders[0];
  const missing = (builder: (typeof builderNames)[number]) =>
    engine !== null && !engine.builders.includes(builder);
  return [
    { value: 'auto', label: `Automatic${best ? `: ${builderLabels[best]}` : ''}` },
    ...builderNames.map((builder) => ({
      value: builder,
      label: `${builderLabels[builder]}${missing(builder) ? ' (not available)' : ''}`,
      disabled: missing(builder),
    })),
  ];
}

/** Build settings: cache, builder, network. */
export function RunningSection({ form, set, errors, choices }: SectionProps) {
  const { engine } = choices;
  const against = (option: string) => reasonAgainst(choices, form.builder, option);
  const objection = (reachesHost: boolean) =>
    reachesHost ? gateObjection(engine?.gate ?? null, 'network') : undefined;
  return (
    <Section title="Build settings">
      <div className="flex flex-col gap-2.5">
        <Checkbox
          checked={form.pull}
          onChange={(event) => set({ pull: event.target.checked })}
          label="Always pull base images"
          hint="Use the registry’s image even if a local one exists."
        />
        <Checkbox
          checked={form.noCache}
          onChange={(event) => set({ noCache: event.target.checked })}
          label="Ignore the cache"
          hint="Run every step again."
        />
      </div>
      <TextAreaField
        label="Cache from"
        optional
        error={errorOf(errors, 'cacheFrom', linesIn(form.cacheFrom))}
        hint={against('cacheFrom') ?? 'Images whose layers can be reused, one per line.'}
        mono
        rows={2}
        disabled={against('cacheFrom') !== undefined}
        value={form.cacheFrom}
        onValueChange={(cacheFrom) => set({ cacheFrom })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Builder"
          error={errors.builder}
          hint={engine ? undefined : 'The engine cannot be reached, so its builders are unknown.'}
          value={form.builder}
          onValueChange={(value) => set({ builder: builders.find((builder) => builder === value) ?? 'auto' })}
          options={builderOptions(engine)}
        />
        <SelectField
          label="Network"
          error={errors.networkMode ?? objection(form.networkMode === 'host')}
          hint={against('networkMode')}
          disabled={against('networkMode') !== undefined}
          value={form.networkMode}
          onValueChange={(value) =>
            set({ networkMode: networkModes.find((mode) => mode === value) ?? 'default' })
          }
          options={networkModes.map((mode) => ({ value: mode, label: networkLabels[mode] }))}
        />
      </div>
      <TextAreaField
        label="Extra hosts"
        optional
        error={
          errorOf(errors, 'extraHosts', linesIn(form.extraHosts)) ??
          objection(/[:=]host-gateway\s*$/m.test(form.extraHosts))
        }
        hint={against('extraHosts') ?? 'Host names that steps can resolve, one per line: db:10.0.0.5'}
        mono
        rows={2}
        disabled={against('extraHosts') !== undefined}
        value={form.extraHosts}
        onValueChange={(extraHosts) => set({ extraHosts })}
      />
    </Section>
  );
}
