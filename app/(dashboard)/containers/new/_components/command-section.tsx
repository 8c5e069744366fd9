import { Section } from '@/app/_components/build-options-form/section';
import { EnvironmentFields } from '@/app/_components/container-fields/environment-fields';
import { Field } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import type { RunSectionProps } from './run-values';
import { errorAt } from './run-values';

/** What runs, under which name, with which variables. */
export function CommandSection({ values, set, errors, options }: RunSectionProps) {
  const bare = options.command === '' && options.entrypoint === '';
  return (
    <Section title="What runs">
      <Field
        label="Name"
        optional
        error={errors.name}
        hint="Letters, digits, “_”, “.” and “-”. Without one the engine makes one up."
      >
        {(control) => (
          <Input
            {...control}
            mono
            value={values.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Command"
        optional={!bare}
        required={bare}
        error={errors.command}
        hint={
          bare
            ? 'The image has no command of its own: write one, as “httpd -f -p 80”.'
            : "Instead of the image’s own. Quotes work as in a shell; for more of a shell, write sh -c '…'."
        }
      >
        {(control) => (
          <Input
            {...control}
            mono
            placeholder={options.command}
            value={values.command}
            onChange={(event) => set({ command: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Entrypoint"
        optional
        error={errors.entrypoint}
        hint={
          options.entrypoint
            ? 'Instead of the image’s own; the command is what it gets as arguments. With another entrypoint the image’s own command is not used.'
            : 'The image has none. What it would be given is the command.'
        }
      >
        {(control) => (
          <Input
            {...control}
            mono
            placeholder={options.entrypoint}
            value={values.entrypoint}
            onChange={(event) => set({ entrypoint: event.target.value })}
          />
        )}
      </Field>
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
