import { Section } from '@/app/_components/build-options-form/section';
import { EnvironmentFields } from '@/app/_components/container-fields/environment-fields';
import { TextField } from '@/app/_components/ui/text-field';
import type { RunSectionProps } from './run-values';
import { errorAt } from './run-values';

/** Name, command and variables. */
export function CommandSection({ values, set, errors, options }: RunSectionProps) {
  const bare = options.command === '' && options.entrypoint === '';
  return (
    <Section title="Container">
      <TextField
        label="Name"
        optional
        error={errors.name}
        hint="Letters, digits, “_”, “.” and “-”. Generated if empty."
        mono
        value={values.name}
        onValueChange={(name) => set({ name })}
      />
      <TextField
        label="Command"
        optional={!bare}
        required={bare}
        error={errors.command}
        hint={
          bare
            ? 'The image has no command: enter one, e.g. “httpd -f -p 80”.'
            : "Replaces the image’s command. Quotes work as in a shell; for other shell features use sh -c '…'."
        }
        mono
        placeholder={options.command}
        value={values.command}
        onValueChange={(command) => set({ command })}
      />
      <TextField
        label="Entrypoint"
        optional
        error={errors.entrypoint}
        hint={
          options.entrypoint
            ? 'Replaces the image’s entrypoint; the command becomes its arguments. With another entrypoint, the image’s own command is not used.'
            : 'The image has none. An entrypoint gets the command as its arguments.'
        }
        mono
        placeholder={options.entrypoint}
        value={values.entrypoint}
        onValueChange={(entrypoint) => set({ entrypoint })}
      />
      <EnvironmentFields
        rows={values.environment}
        onChange={(environment) => set({ environment })}
        errorAt={errorAt(errors, 'environment')}
        hint={
          options.environment.length > 0
            ? `Added to the image’s variables: ${options.environment.map((entry) => entry.split('=')[0]).join(', ')}.`
            : undefined
        }
      />
    </Section>
  );
}
