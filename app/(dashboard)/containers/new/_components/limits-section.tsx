import { Section } from '@/app/_components/build-options-form/section';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { Field } from '@/app/_components/ui/field';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { TextField } from '@/app/_components/ui/text-field';
import { restartLabels, restartPolicies } from '@/lib/containers/run-choices';
import { formatBytes } from '@/lib/format/bytes';
import type { RunSectionProps } from './run-values';

/** Resource limits, restart policy and auto-removal. */
export function LimitsSection({ values, set, errors, options }: RunSectionProps) {
  const limits = [
    { field: 'memory', label: 'Memory', hint: `E.g. 512m. The host has ${formatBytes(options.memory)}.` },
    { field: 'cpus', label: 'CPUs', hint: `E.g. 1.5. The host has ${options.cpus}.` },
    { field: 'pids', label: 'Processes', hint: 'E.g. 200.' },
  ] as const;
  return (
    <Section title="Resources and restart">
      <div className="grid gap-4 sm:grid-cols-3">
        {limits.map(({ field, label, hint }) => (
          <TextField
            key={field}
            label={label}
            optional
            error={errors[field]}
            hint={hint}
            mono
            placeholder="no limit"
            value={values[field]}
            onValueChange={(value) => set({ [field]: value })}
          />
        ))}
      </div>
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
