import { SelectField, TextField } from '@/app/_components/ui/text-field';
import { gateObjection } from '@/lib/engine/choices';
import type { GateAllows } from '@/lib/engine/types';
import type { IsolationFieldsProps } from './isolation-values';

const named = [
  { module: 'apparmor', field: 'appArmor', label: 'AppArmor profile' },
  { module: 'selinux', field: 'selinuxType', label: 'SELinux type' },
] as const;

/** Security profiles other than the engine's default: only those that the engine reports. */
export function ProfileFields({
  values,
  set,
  errorOf,
  isolation,
  gate,
}: IsolationFieldsProps & {
  /** As the engine reports it. */
  isolation: string[];
  gate: GateAllows | null;
}) {
  const objection = (chosen: boolean) => (chosen ? gateObjection(gate, 'profiles') : undefined);
  const seccomp = isolation.find((entry) => entry.startsWith('seccomp'));
  return (
    <>
      {seccomp ? (
        <SelectField
          label="Seccomp"
          error={errorOf('seccomp') ?? objection(values.seccomp !== 'default')}
          hint="Without it, all system calls of the kernel are allowed."
          value={values.seccomp}
          onValueChange={(value) => set({ seccomp: value === 'unconfined' ? 'unconfined' : 'default' })}
          options={[
            { value: 'default', label: `The engine’s default: ${seccomp}` },
            { value: 'unconfined', label: 'Off (unconfined)' },
          ]}
        />
      ) : null}
      {named
        .filter(({ module }) => isolation.some((entry) => entry.startsWith(module)))
        .map(({ field, label }) => (
          <TextField
            key={field}
            label={label}
            optional
            error={errorOf(field) ?? objection(values[field] !== '')}
            hint="Must be loaded on the engine’s host. Default: the engine’s."
            mono
            value={values[field]}
            onValueChange={(value) => set({ [field]: value })}
          />
        ))}
    </>
  );
}
