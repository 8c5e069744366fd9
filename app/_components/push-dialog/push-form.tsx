'use client';

import { Field } from '@/app/_components/ui/field';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { TextField } from '@/app/_components/ui/text-field';
import { formatReference, withDefaultTag } from '@/lib/references/reference';
import type { PushOptions } from '@/lib/images/schema';
import { checkLabels } from '@/lib/registries/labels';
import { elsewhere, type usePushForm } from './use-push-form';

interface PushFormProps {
  options: PushOptions;
  form: ReturnType<typeof usePushForm>;
  /** Field errors from the server. */
  errors: Record<string, string>;
}

/** Registry, repository and tag of a push. */
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
          <TextField
            label="Repository"
            error={errors['target.repository'] ?? reason}
            mono
            data-autofocus
            placeholder="myadmin/mysite"
            value={values.repository}
            onValueChange={(repository) => set({ repository })}
          />
          <TextField
            label="Tag"
            mono
            placeholder="latest"
            value={values.tag}
            onValueChange={(tag) => set({ tag })}
          />
        </div>
      ) : (
        <TextField
          label="Reference"
          error={errors['target.reference'] ?? reason}
          hint="Registry host, repository and tag. If no login is stored for the host, the push is anonymous."
          mono
          data-autofocus
          placeholder="registry-host:5000/myadmin/mysite:1"
          value={values.reference}
          onValueChange={(reference) => set({ reference })}
        />
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
