import Link from 'next/link';
import { FieldGroup } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { parseReference } from '@/lib/references/reference';
import { errorOf, type OptionsForm } from './form-values';
import { RowList } from './row-list';
import { Section, type SectionProps } from './section';

/** The push repository and tag suggested by the first tag. */
function suggestion(tags: string[]) {
  const parsed = parseReference(tags[0] ?? '');
  if (!parsed.ok) return { repository: '', tag: 'latest' };
  const { path, tag = 'latest' } = parsed.reference;
  return { repository: path.replace(/^library\//, ''), tag };
}

export function ImageSection({ form, set, errors, choices }: SectionProps) {
  const { registries } = choices;
  return (
    <Section title="Image">
      <FieldGroup
        legend="Tags"
        hint="Names of the image: mysite:1.2 or registry-host:5000/myadmin/mysite:1.2"
      >
        <RowList
          rows={form.tags}
          onChange={(tags) => set({ tags })}
          empty=""
          addLabel="Add tag"
          removeLabel={(tag) => `Remove tag ${tag}`}
          errorAt={(index) => errors[`tags.${index}`]}
        >
          {(tag, index, change, invalid) => (
            <Input
              mono
              aria-label={`Tag ${index + 1}`}
              aria-invalid={invalid}
              placeholder="mysite:latest"
              value={tag}
              onChange={(event) => change(event.target.value)}
            />
          )}
        </RowList>
        {errors.tags ? <p className="text-sm text-failed-ink">{errors.tags}</p> : null}
      </FieldGroup>
      <FieldGroup
        legend="Push to"
        hint={
          registries.length ? (
            'Push targets of “Build and push”; the image is tagged automatically.'
          ) : (
            <>
              No registries yet: add one under{' '}
              <Link href="/registries" className="link">
                Registries
              </Link>
              .
            </>
          )
        }
      >
        {registries.length ? (
          <RowList
            rows={form.pushTargets}
            onChange={(pushTargets) => set({ pushTargets })}
            empty={{ registryId: registries[0]!.id, ...suggestion(form.tags) }}
            addLabel="Add target"
            removeLabel={(target) => `Remove target ${target.repository}`}
            errorAt={(index) => errorOf(errors, `pushTargets.${index}`)}
          >
            {(target, index, change, invalid) => (
              <TargetRow
                number={index + 1}
                target={target}
                registries={registries}
                invalid={invalid}
                onChange={change}
              />
            )}
          </RowList>
        ) : null}
      </FieldGroup>
    </Section>
  );
}

function TargetRow({
  number,
  target,
  registries,
  invalid,
  onChange,
}: {
  number: number;
  target: OptionsForm['pushTargets'][number];
  registries: SectionProps['choices']['registries'];
  invalid: true | undefined;
  onChange: (target: OptionsForm['pushTargets'][number]) => void;
}) {
  return (
    <div className="grid gap-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_minmax(0,1.2fr)]">
      <NativeSelect
        aria-label={`Target ${number}: registry`}
        value={target.registryId}
        onChange={(event) => onChange({ ...target, registryId: event.target.value })}
      >
        {registries.some((registry) => registry.id === target.registryId) ? null : (
          <option value={target.registryId}>deleted registry</option>
        )}
        {registries.map((registry) => (
          <option key={registry.id} value={registry.id}>
            {registry.name === registry.host ? registry.host : `${registry.name} (${registry.host})`}
          </option>
        ))}
      </NativeSelect>
      <Input
        mono
        aria-label={`Target ${number}: repository`}
        aria-invalid={invalid}
        placeholder="myadmin/mysite"
        value={target.repository}
        onChange={(event) => onChange({ ...target, repository: event.target.value })}
      />
      <Input
        mono
        aria-label={`Target ${number}: tag`}
        aria-invalid={invalid}
        placeholder="latest"
        value={target.tag}
        onChange={(event) => onChange({ ...target, tag: event.target.value })}
      />
    </div>
  );
}
