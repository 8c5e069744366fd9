import { TextField } from '@/app/_components/ui/text-field';
import type { IsolationDefaults } from '@/lib/containers/isolation-schema';
import { formatBytes } from '@/lib/format/bytes';
import type { IsolationFieldsProps } from './isolation-values';

/** Limits of a new container's resources. */
export function LimitFields({
  values,
  set,
  errorOf,
  defaults: { memory, cpus },
}: IsolationFieldsProps & { defaults: IsolationDefaults }) {
  const limits = [
    { field: 'memory', label: 'Memory', hint: `E.g. 512m. The host has ${formatBytes(memory)}.` },
    { field: 'cpus', label: 'CPUs', hint: `E.g. 1.5. The host has ${cpus}.` },
    { field: 'pids', label: 'Processes', hint: 'E.g. 200.' },
  ] as const;
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      {limits.map(({ field, label, hint }) => (
        <TextField
          key={field}
          label={label}
          optional
          error={errorOf(field)}
          hint={hint}
          mono
          placeholder="no limit"
          value={values[field]}
          onValueChange={(value) => set({ [field]: value })}
        />
      ))}
    </div>
  );
}
