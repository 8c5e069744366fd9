import { reasonAgainst } from './choices';
import { errorOf } from './form-values';
import { Section, type SectionProps } from './section';
import { TextAreaField, TextField } from '@/app/_components/ui/text-field';

const limits = [
  { field: 'memory', label: 'Memory', placeholder: 'no limit', hint: 'e.g. 512m or 2g' },
  { field: 'cpus', label: 'CPUs', placeholder: 'no limit', hint: 'e.g. 1.5' },
  { field: 'cpuset', label: 'CPU set', placeholder: 'all', hint: 'Which CPUs: 0-3 or 0,2' },
  { field: 'shmSize', label: 'Shared memory', placeholder: '64m', hint: 'Size of /dev/shm' },
] as const;

/** Resource limits of a step. */
export function LimitsSection({ form, set, errors, choices }: SectionProps) {
  const against = (option: string) => reasonAgainst(choices, form.builder, option);
  return (
    <Section title="Limits">
      <div className="grid gap-4 sm:grid-cols-2">
        {limits.map(({ field, label, placeholder, hint }) => (
          <TextField
            key={field}
            label={label}
            optional
            error={errors[field]}
            hint={against(field) ?? hint}
            mono
            placeholder={placeholder}
            disabled={against(field) !== undefined}
            value={form[field]}
            onValueChange={(value) => set({ [field]: value })}
          />
        ))}
      </div>
      <TextAreaField
        label="Ulimits"
        optional
        error={errorOf(errors, 'ulimits', form.ulimits.trim().split('\n').length)}
        hint={against('ulimits') ?? 'One per line, soft and hard limit: nofile=1024:2048'}
        mono
        rows={2}
        disabled={against('ulimits') !== undefined}
        value={form.ulimits}
        onValueChange={(ulimits) => set({ ulimits })}
      />
    </Section>
  );
}
