import { Section } from '@/app/_components/build-options-form/section';
import { EnvironmentFields } from '@/app/_components/container-fields/environment-fields';
import { TextField } from '@/app/_components/ui/text-field';
import type { RunSectionProps } from './run-values';
import { errorAt } from './run-values';

/** What runs, under which name, with which variables. */
export function CommandSection({ values, set, errors, options }: RunSectionProps) {
  const bare = options.command === '' && options.entrypoint === '';
  return (
    <Section title="What runs">
      <TextField
        label="Name"
        optional
        error={errors.name}
        hint="Letters, digits, “_”, “.” and “-”. Without one the engine makes one up."
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
            ? 'The image has no command of its own: write one, as “httpd -f -p 80”.'
            : "Instead of the image’s own. Quotes work as in a shell; for more of a shell, write sh -c '…'."
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
            ? 'Instead of the image’s own; the command is what it gets as arguments. With another entrypoint the image’s own command is not used.'
            : 'The image has none. What it would be given is the command.'
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
            ? `Added to the image’s own: ${options.environment.map((entry) => entry.split('=')[0]).join(', ')}.`
            : undefined
        }
      />
    </Section>
  );
}
