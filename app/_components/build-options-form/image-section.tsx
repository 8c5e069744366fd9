import Link from 'next/link';
import { FieldGroup } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { parseReference } from '@/lib/references/reference';
import { errorOf } from './form-values';
import { RowList } from './row-list';
import { Section, type SectionProps } from './section';

/** The repository and tag that a first tag suggests for a push. */
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
            'Where “Build and push” takes the image; it is tagged for that by itself.'
          ) : (
            <>
              No registries yet yet: add one under{' '}
              <Link href="/registries" className="link">
                Registries
              </Link>
              , then it can be chosen here.
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
              <div className="grid gap-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_minmax(0,1.2fr)]">
                <NativeSelect
                  aria-label={`Target ${index + 1}: registry`}
                  value={target.registryId}
                  onChange={(event) => change({ ...target, registryId: event.target.value })}
                >
                  {registries.some((registry) => registry.id === target.registryId) ? null : (
                    <option value={target.registryId}>a registry that is gone</option>
                  )}
                  {registries.map((registry) => (
                    <option key={registry.id} value={registry.id}>
                      {registry.name === registry.host
                        ? registry.host
                        : `${registry.name} (${registry.host})`}
                    </option>
                  ))}
                </NativeSelect>
                <Input
                  mono
                  aria-label={`Target ${index + 1}: repository`}
                  aria-invalid={invalid}
                  placeholder="myadmin/mysite"
                  value={target.repository}
                  onChange={(event) => change({ ...target, repository: event.target.value })}
                />
                <Input
                  mono
                  aria-label={`Target ${index + 1}: tag`}
                  aria-invalid={invalid}
                  placeholder="latest"
                  value={target.tag}
                  onChange={(event) => change({ ...target, tag: event.target.value })}
                />
              </div>
            )}
          </RowList>
        ) : null}
      </FieldGroup>
    </Section>
  );
}
