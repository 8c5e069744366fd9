'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { answered } from '@/app/_hooks/answered';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import { schemeHints, schemeLabels } from '@/lib/registries/labels';
import type { Registry } from '@/lib/registries/schema';
import { registrySchemes } from '@/lib/registry/choices';
import { addRegistry, editRegistry } from '@/app/(dashboard)/registries/actions';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { SelectField, TextField } from '@/app/_components/ui/text-field';
import { useRegistryForm } from './use-registry-form';

export function RegistryForm({ registry }: { registry?: Registry }) {
  const router = useRouter();
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const element = useFocusFirstError(failure);
  const form = useRegistryForm(registry);
  const { values, set } = form;
  const errors = failure?.fields ?? {};

  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = registry
        ? await answered(editRegistry)({ ...values, id: registry.id })
        : await answered(addRegistry)(values);
      if (!result.ok) return setFailure(result);
      setFailure(null);
      set({ password: '' });
      toast({ tone: 'success', title: registry ? 'Registry saved' : 'Registry added' });
      if (!registry) router.push(`/registries/${result.data.id}`);
    });
  };

  return (
    <form ref={element} onSubmit={submit} className="flex max-w-120 flex-col gap-4" noValidate>
      {failure && !failure.fields ? <ErrorState error={failure} title="Not saved" /> : null}
      <AddressFields form={form} errors={errors} local={registry?.local === true} />
      <LoginFields form={form} errors={errors} generated={registry?.generatedLogin === true} />
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

interface FieldsProps {
  form: ReturnType<typeof useRegistryForm>;
  errors: Record<string, string>;
}

function AddressFields({ form, errors, local }: FieldsProps & { local: boolean }) {
  const { values, set, parsed } = form;
  const [left, setLeft] = useState(false);
  return (
    <>
      <TextField
        label="Host"
        required
        error={errors.host ?? (left && !parsed.ok && values.host ? parsed.reason : undefined)}
        hint={parsed.ok && parsed.note ? parsed.note : 'With its port, if it has one: registry-host:5000'}
        mono
        disabled={local}
        value={values.host}
        onValueChange={(host) => set({ host })}
        onBlur={() => setLeft(true)}
      />
      <TextField
        label="Display name"
        optional
        error={errors.name}
        hint="Default: the host."
        value={values.name}
        onValueChange={(name) => set({ name })}
      />
      <SelectField
        label="Protocol"
        error={errors.scheme}
        hint={schemeHints[values.scheme]}
        disabled={local}
        value={values.scheme}
        onValueChange={(value) =>
          set({ scheme: registrySchemes.find((scheme) => scheme === value) ?? 'auto' })
        }
        options={registrySchemes.map((scheme) => ({ value: scheme, label: schemeLabels[scheme] }))}
      />
    </>
  );
}

function LoginFields({ form, errors, generated }: FieldsProps & { generated: boolean }) {
  const { values, set, keepsPassword, asksAgain } = form;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="User name"
        optional
        error={errors.username}
        hint={generated ? 'Layerwright makes the login of this registry.' : undefined}
        disabled={generated}
        mono
        autoComplete="off"
        value={values.username}
        onValueChange={(username) => set({ username })}
      />
      <TextField
        label="Password or token"
        optional={!asksAgain && !values.username}
        error={errors.password}
        disabled={generated}
        hint={
          generated
            ? undefined
            : asksAgain
              ? 'Enter it again: the stored password is only sent to the host and user it was given for.'
              : keepsPassword
                ? 'One is stored. Leave empty to keep it.'
                : 'Stored encrypted and never shown again.'
        }
        type="password"
        autoComplete="new-password"
        placeholder={keepsPassword ? '••••••••' : undefined}
        value={values.password}
        onValueChange={(password) => set({ password })}
      />
    </div>
  );
}
