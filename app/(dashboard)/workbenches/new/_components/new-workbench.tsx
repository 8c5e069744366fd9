'use client';

import { SquareTerminal } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { startFromImage, startInContainer } from '@/app/(dashboard)/workbenches/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { isolationErrors } from '@/app/_components/container-fields/isolation-values';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextField } from '@/app/_components/ui/text-field';
import type { ActionFailure } from '@/lib/actions/result';
import type { IsolationDefaults } from '@/lib/containers/isolation-schema';
import type { ImageChoice } from '@/lib/workbenches/image-choices';
import { workbenchHref } from '@/lib/workbenches/choices';
import { emptyValues, type FormValues, toOptions } from './form-values';
import { ContainerFields, LimitationFields, ShellFields, SurroundingFields } from './option-fields';

/** A shell in a new container of an image, or in a container that runs. */
export function NewWorkbench({
  images,
  image,
  container,
  defaults,
  mayUseHost,
}: {
  images: ImageChoice[];
  image: string;
  container?: string;
  /** Of a new container. */
  defaults?: IsolationDefaults;
  mayUseHost: boolean;
}) {
  const router = useRouter();
  const [values, setValues] = useState(() => emptyValues(image));
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const [pending, startTransition] = useTransition();
  const set = (change: Partial<FormValues>) => setValues((before) => ({ ...before, ...change }));
  const error = (field: string) => failure?.fields?.[`options.${field}`] ?? failure?.fields?.[field];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const options = toOptions(values);
      const result = container
        ? await startOnce(startInContainer, { container, options })
        : await startOnce(startFromImage, { image: values.image, options });
      if (result.ok) return router.push(workbenchHref(result.data.id));
      setFailure(result);
      if (result.fields?.shell) set({ shell: 'command' });
    });
  };

  return (
    <form ref={form} onSubmit={submit} className="flex max-w-160 flex-col gap-4" noValidate>
      {failure && (!failure.fields || failure.hint) ? (
        <ErrorState error={failure} title="Not started" />
      ) : null}
      {container ? (
        <p>
          In the container <span className="font-mono">{container}</span>
        </p>
      ) : (
        <TextField
          label="Image"
          required
          error={error('image')}
          hint="An image that is available locally. Pull others first."
          mono
          suggestions={images}
          value={values.image}
          onValueChange={(value) => set({ image: value })}
        />
      )}
      <ShellFields values={values} set={set} error={error} />
      {container ? null : (
        <ContainerFields values={values} set={set} error={error} gate={defaults?.gate ?? null} />
      )}
      <SurroundingFields values={values} set={set} error={error} />
      {defaults ? (
        <LimitationFields
          values={values}
          set={set}
          errorOf={isolationErrors(failure?.fields ?? {}, 'options.')}
          defaults={defaults}
          mayUseHost={mayUseHost}
        />
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" pending={pending} icon={<SquareTerminal aria-hidden />}>
          {container ? 'Open the shell' : 'Start the workbench'}
        </Button>
        <LinkButton variant="ghost" href="/workbenches">
          Cancel
        </LinkButton>
      </div>
    </form>
  );
}
