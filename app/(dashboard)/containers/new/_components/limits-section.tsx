import { Section } from '@/app/_components/build-options-form/section';
import { isolationErrors } from '@/app/_components/container-fields/isolation-values';
import { LimitFields } from '@/app/_components/container-fields/limit-fields';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { Field } from '@/app/_components/ui/field';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { restartLabels, restartPolicies } from '@/lib/containers/run-choices';
import type { RunSectionProps } from './run-values';

/** Resource limits, restart policy and auto-removal. */
export function LimitsSection({ values, set, errors, options }: RunSectionProps) {
  return (
    <Section title="Resources and restart">
      <LimitFields values={values} set={set} errorOf={isolationErrors(errors)} defaults={options.defaults} />
      <Field label="Restart policy" error={errors.restart}>
        {(control) => (
          <NativeSelect
            {...control}
            value={values.restart}
            onChange={(event) =>
              set({ restart: restartPolicies.find((policy) => policy === event.target.value) ?? 'no' })
            }
          >
            {restartPolicies.map((policy) => (
              <option key={policy} value={policy}>
                {restartLabels[policy]}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <div>
        <Checkbox
          checked={values.autoRemove}
          onChange={(event) => set({ autoRemove: event.target.checked })}
          label="Remove on exit"
          hint="Its logs are deleted too."
        />
        {errors.autoRemove ? (
          <p role="alert" className="mt-1 text-sm text-failed-ink">
            {errors.autoRemove}
          </p>
        ) : null}
      </div>
    </Section>
  );
}
