'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Field } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import { schemeHints, schemeLabels } from '@/lib/registries/labels';
import type { Registry } from '@/lib/registries/schema';
import { registrySchemes } from '@/lib/registry/choices';
import { addRegistry, editRegistry } from '@/app/(dashboard)/registries/actions';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { useRegistryForm } from './use-registry-form';

export function RegistryForm({ registry }: { registry?: Registry }) {
  const router = useRouter();
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const [left, setLeft] = useState(false);
  const { values, set, parsed, keepsPassword, asksAgain } = useRegistryForm(registry);
  const errors = failure?.fields ?? {};

  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = registry
        ? await editRegistry({ ...values, id: registry.id })
        : await addRegistry(values);
      if (!result.ok) return setFailure(result);
      setFailure(null);
      set({ password: '' });
      toast({ tone: 'success', title: registry ? 'Registry saved' : 'Registry added' });
      if (!registry) router.push(`/registries/${result.data.id}`);
    });
  };

  return (
    <form ref={form} onSubmit={submit} className="flex max-w-120 flex-col gap-4" noValidate>
      {failure && !failure.fields ? <ErrorState error={failure} title="Not saved" /> : null}
      <Field
        label="Host"
        required
        error={errors.host ?? (left && !parsed.ok && values.host ? parsed.reason : undefined)}
        hint={parsed.ok && parsed.note ? parsed.note : 'With its port, if it has one: registry-host:5000'}
      >
        {(control) => (
          <Input
            {...control}
            mono
            disabled={registry?.local}
            value={values.host}
            onChange={(event) => set({ host: event.target.value })}
            onBlur={() => setLeft(true)}
          />
        )}
      </Field>
      <Field label="Display name" optional error={errors.name} hint="Default: the host.">
        {(control) => (
          <Input {...control} value={values.name} onChange={(event) => set({ name: event.target.value })} />
        )}
      </Field>
      <Field label="Protocol" error={errors.scheme} hint={schemeHints[values.scheme]}>
        {(control) => (
          <NativeSelect
            {...control}
            disabled={registry?.local}
            value={values.scheme}
            onChange={(event) =>
              set({ scheme: registrySchemes.find((scheme) => scheme === event.target.value) ?? 'auto' })
            }
          >
            {registrySchemes.map((scheme) => (
              <option key={scheme} value={scheme}>
                {schemeLabels[scheme]}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="User name" optional error={errors.username}>
          {(control) => (
            <Input
              {...control}
              mono
              autoComplete="off"
              value={values.username}
              onChange={(event) => set({ username: event.target.value })}
            />
          )}
        </Field>
        <Field
          label="Password or token"
          optional={!asksAgain && !values.username}
          error={errors.password}
          hint={
            asksAgain
              ? 'Enter it again: the stored password is only sent to the host and user it was given for.'
              : keepsPassword
                ? 'One is stored. Leave empty to keep it.'
                : 'Stored encrypted and never shown again.'
          }
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              placeholder={keepsPassword ? '••••••••' : undefined}
              value={values.password}
              onChange={(event) => set({ password: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? 'Saving and checking…' : registry ? 'Save and check' : 'Add and check'}
        </Button>
        <LinkButton variant="ghost" href="/registries">
          {registry ? 'Back to the list' : 'Cancel'}
        </LinkButton>
      </div>
    </form>
  );
}
