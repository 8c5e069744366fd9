import { Checkbox } from '@/app/_components/ui/checkbox';
import { TextField } from '@/app/_components/ui/text-field';
import type { IsolationDefaults } from '@/lib/containers/isolation-schema';
import type { IsolationFieldsProps } from './isolation-values';
import { ProfileFields } from './profile-fields';

const protections = [
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

/** How a new container is isolated, where it differs from the engine's default, which is shown. */
export function IsolationFields({
  defaults: { isolation, gate },
  mayUseHost,
  ...field
}: IsolationFieldsProps & {
  defaults: IsolationDefaults;
  /** Another profile can be weaker than the engine's default. */
  mayUseHost: boolean;
}) {
  const { values, set, errorOf } = field;
  return (
    <>
      <p className="text-sm text-muted">
        Without these options, the container is isolated by the engine’s default:{' '}
        {isolation.join(', ') || 'no security profile'}, some of root’s capabilities, a writable root file
        system.
      </p>
      <TextField
        label="User"
        optional
        error={errorOf('user')}
        hint="Default: the image’s. E.g. 1000:1000."
        mono
        value={values.user}
        onValueChange={(user) => set({ user })}
      />
      <Checkbox
        checked={values.readOnly}
        onChange={(event) => set({ readOnly: event.target.checked })}
        label="Read-only root file system"
        hint="Volumes and the writable paths can still be changed."
      />
      {values.readOnly ? (
        <TextField
          label="Writable paths"
          optional
          error={errorOf('writablePaths')}
          hint="In memory (tmpfs), separated by spaces. Their content is in no commit."
          mono
          value={values.writablePaths}
          onValueChange={(writablePaths) => set({ writablePaths })}
        />
      ) : null}
      {protections.map(({ field: name, label, hint }) => (
        <Checkbox
          key={name}
          checked={values[name]}
          onChange={(event) => set({ [name]: event.target.checked })}
          label={label}
          hint={hint}
        />
      ))}
      {mayUseHost ? <ProfileFields {...field} isolation={isolation} gate={gate} /> : null}
    </>
  );
}
