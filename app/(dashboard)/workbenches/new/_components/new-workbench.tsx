'use client';

import { SquareTerminal } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState, useTransition } from 'react';
import { startFromImage, startInContainer } from '@/app/(dashboard)/workbenches/actions';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Field } from '@/app/_components/ui/field';
import { Input, Textarea } from '@/app/_components/ui/input';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import type { ActionFailure } from '@/lib/actions/result';
import type { ImageChoice } from '@/lib/workbenches/image-choices';
import { workbenchHref } from '@/lib/workbenches/choices';
import { emptyValues, type FormValues, toOptions } from './form-values';
import { ContainerFields, SurroundingFields } from './option-fields';

const shellLabels: Record<FormValues['shell'], string> = {
  auto: 'A shell, found by itself',
  bash: 'bash',
  ash: 'ash',
  dash: 'dash',
  sh: 'sh',
  command: 'Another command',
};

/** A shell in a new container of an image, or in a container that runs. */
export function NewWorkbench({
  images,
  image,
  container,
}: {
  images: ImageChoice[];
  image: string;
  container?: string;
}) {
  const router = useRouter();
  const list = useId();
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
        ? await startInContainer({ container, options })
        : await startFromImage({ image: values.image, options });
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
        <Field
          label="Image"
          required
          error={error('image')}
          hint="One that the engine has; pull others first."
        >
          {(control) => (
            <>
              <Input
                {...control}
                mono
                list={list}
                value={values.image}
                onChange={(event) => set({ image: event.target.value })}
              />
              <datalist id={list}>
                {images.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </datalist>
            </>
          )}
        </Field>
      )}
      <Field
        label="Start with"
        error={error('shell')}
        hint="The first of bash, ash, dash and sh that there is. These tell their commands, and so can be recorded."
      >
        {(control) => (
          <NativeSelect
            {...control}
            value={values.shell}
            onChange={(event) => set({ shell: event.target.value as FormValues['shell'] })}
          >
            {Object.entries(shellLabels).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      {values.shell === 'command' ? (
        <Field
          label="Command"
          required
          error={error('command')}
          hint="The program and its arguments, each in a line of its own."
        >
          {(control) => (
            <Textarea
              {...control}
              mono
              rows={3}
              value={values.command}
              onChange={(event) => set({ command: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {container ? null : <ContainerFields values={values} set={set} error={error} />}
      <SurroundingFields values={values} set={set} error={error} />
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
