import { Field } from '@/app/_components/ui/field';
import { Input, Textarea } from '@/app/_components/ui/input';
import { reasonAgainst } from './choices';
import { errorOf } from './form-values';
import { Section, type SectionProps } from './section';

const limits = [
  { field: 'memory', label: 'Memory', placeholder: 'no limit', hint: 'As 512m or 2g.' },
  { field: 'cpus', label: 'CPUs', placeholder: 'no limit', hint: 'As 1.5.' },
  { field: 'shmSize', label: 'Shared memory', placeholder: '64m', hint: 'Size of /dev/shm.' },
] as const;

/** What a step may use. */
export function LimitsSection({ form, set, errors, choices }: SectionProps) {
  const against = (option: string) => reasonAgainst(choices, form.builder, option);
  return (
    <Section title="Limits">
      <div className="grid gap-4 sm:grid-cols-3">
        {limits.map(({ field, label, placeholder, hint }) => (
          <Field key={field} label={label} optional error={errors[field]} hint={against(field) ?? hint}>
            {(control) => (
              <Input
                {...control}
                mono
                placeholder={placeholder}
                disabled={against(field) !== undefined}
                value={form[field]}
                onChange={(event) => set({ [field]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <Field
        label="Ulimits"
        optional
        error={errorOf(errors, 'ulimits', form.ulimits.trim().split('\n').length)}
        hint={against('ulimits') ?? 'One in a line, soft and hard: nofile=1024:2048'}
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={2}
            disabled={against('ulimits') !== undefined}
            value={form.ulimits}
            onChange={(event) => set({ ulimits: event.target.value })}
          />
        )}
      </Field>
    </Section>
  );
}
