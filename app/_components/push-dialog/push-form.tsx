'use client';

import { Field } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { formatReference, withDefaultTag } from '@/lib/references/reference';
import type { PushOptions } from '@/lib/images/schema';
import { checkLabels } from '@/lib/registries/labels';
import { elsewhere, type usePushForm } from './use-push-form';

interface PushFormProps {
  options: PushOptions;
  form: ReturnType<typeof usePushForm>;
  /** What the server said of the fields. */
  errors: Record<string, string>;
}

/** Where to push, and how the image will be called there. */
export function PushForm({ options, form, errors }: PushFormProps) {
  const { values, set, registry, parsed, untouched, choose } = form;
  const reason = untouched || parsed.ok ? undefined : parsed.reason;
  const warning =
    registry?.status && registry.status !== 'ok'
      ? `Last check: ${checkLabels[registry.status].toLowerCase()}.`
      : undefined;
  return (
    <>
      <Field label="Registry" hint={warning}>
        {(control) => (
          <NativeSelect
            {...control}
            value={values.registryId}
            onChange={(event) => choose(event.target.value)}
          >
            {options.registries.map(({ id, name, host }) => (
              <option key={id} value={id}>
                {name === host ? host : `${name} (${host})`}
              </option>
            ))}
            <option value={elsewhere}>Another one…</option>
          </NativeSelect>
        )}
      </Field>
      {registry ? (
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_10rem]">
          <Field label="Repository" error={errors['target.repository'] ?? reason}>
            {(control) => (
              <Input
                {...control}
                mono
                data-autofocus
                placeholder="myadmin/mysite"
                value={values.repository}
                onChange={(event) => set({ repository: event.target.value })}
              />
            )}
          </Field>
          <Field label="Tag">
            {(control) => (
              <Input
                {...control}
                mono
                placeholder="latest"
                value={values.tag}
                onChange={(event) => set({ tag: event.target.value })}
              />
            )}
          </Field>
        </div>
      ) : (
        <Field
          label="Reference"
          error={errors['target.reference'] ?? reason}
          hint="Registry host, repository and tag. If no login is stored for the host, the push is anonymous."
        >
          {(control) => (
            <Input
              {...control}
              mono
              data-autofocus
              placeholder="registry-host:5000/myadmin/mysite:1"
              value={values.reference}
              onChange={(event) => set({ reference: event.target.value })}
            />
          )}
        </Field>
      )}
      <p aria-live="polite" className="rounded-md border border-line bg-sunken px-3 py-2 text-sm break-all">
        {parsed.ok ? (
          <>
            <span className="text-muted">Tagged and pushed as </span>
            <span className="font-mono">{formatReference(withDefaultTag(parsed.reference))}</span>
          </>
        ) : (
          <span className="text-muted">The full reference appears here.</span>
        )}
      </p>
    </>
  );
}
