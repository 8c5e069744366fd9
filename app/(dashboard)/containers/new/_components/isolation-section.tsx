import { Section } from '@/app/_components/build-options-form/section';
import { Checkbox } from '@/app/_components/ui/checkbox';
import { TextField } from '@/app/_components/ui/text-field';
import type { RunSectionProps } from './run-values';

const protections = [
  {
    field: 'readOnly',
    label: 'Read-only root file system',
    hint: 'Volumes and /tmp (a tmpfs) stay writable.',
  },
  {
    field: 'noNewPrivileges',
    label: 'No new privileges',
    hint: 'Programs gain no rights by setuid or file capabilities.',
  },
  {
    field: 'dropCapabilities',
    label: 'Drop all capabilities',
    hint: 'Also for root. Programs that change owners or bind ports below 1024 may fail.',
  },
] as const;

/** What the container may do less than the engine allows by default. */
export function IsolationSection({ values, set, errors }: RunSectionProps) {
  return (
    <Section title="Isolation">
      <TextField
        label="User"
        optional
        error={errors.user}
        hint="Default: the image’s. E.g. 1000:1000."
        mono
        value={values.user}
        onValueChange={(user) => set({ user })}
      />
      {protections.map(({ field, label, hint }) => (
        <Checkbox
          key={field}
          checked={values[field]}
          onChange={(event) => set({ [field]: event.target.checked })}
          label={label}
          hint={hint}
        />
      ))}
    </Section>
  );
}
