import { Checkbox } from '@/app/_components/ui/checkbox';
import { reasonAgainst } from './choices';
import { errorOf } from './form-values';
import { Section, type SectionProps } from './section';

/** The project's secrets that a build gets. */
export function SecretsSection({ form, set, errors, choices }: SectionProps) {
  const names = [...new Set([...choices.secretNames, ...form.secrets])].toSorted();
  const reason = reasonAgainst(choices, form.builder, 'secrets');
  const error = errorOf(errors, 'secrets');
  if (!names.length) return null;
  return (
    <Section title="Secrets">
      <p className="text-sm text-muted">{reason ?? 'Available to steps that mount them by name.'}</p>
      {names.map((name) => (
        <Checkbox
          key={name}
          disabled={reason !== undefined}
          checked={form.secrets.includes(name)}
          onChange={(event) =>
            set({
              secrets: event.target.checked
                ? [...form.secrets, name]
                : form.secrets.filter((other) => other !== name),
            })
          }
          label={<span className="font-mono text-sm">{name}</span>}
          hint={choices.secretNames.includes(name) ? undefined : 'No value is stored under this name.'}
        />
      ))}
      {error ? <p className="text-sm text-failed-ink">{error}</p> : null}
    </Section>
  );
}
