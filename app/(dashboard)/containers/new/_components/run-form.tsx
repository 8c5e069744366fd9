'use client';

import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { runImage } from '@/app/(dashboard)/containers/actions';
import { Section } from '@/app/_components/build-options-form/section';
import { IsolationFields } from '@/app/_components/container-fields/isolation-fields';
import { isolationErrors } from '@/app/_components/container-fields/isolation-values';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { ErrorState, type ShownError } from '@/app/_components/ui/error-state';
import { answered } from '@/app/_hooks/answered';
import { startOnce } from '@/app/_hooks/start-once';
import { useToast } from '@/app/_hooks/use-toast';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { containerHref } from '@/lib/containers/choices';
import type { RunOptions } from '@/lib/containers/run-schema';
import { imageHref } from '@/lib/images/href';
import { CommandSection } from './command-section';
import { LimitsSection } from './limits-section';
import { NetworkSection } from './network-section';
import { firstValues, type RunValues } from './run-values';
import { StorageSection } from './storage-section';

/** The form that runs an image; leads to the container's page. */
export function RunForm({
  options,
  mayUseHost,
}: {
  options: RunOptions;
  /** Its folders and other security profiles. */
  mayUseHost: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const [values, setValues] = useState(() => firstValues(options));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<ShownError | null>(null);
  // The errors of the last attempt: those that are shown go as their fields are changed.
  const [refused, setRefused] = useState<Record<string, string> | null>(null);
  const form = useFocusFirstError(refused);
  const [pending, setPending] = useState(false);

  const set = (change: Partial<RunValues>) => {
    setValues((before) => ({ ...before, ...change }));
    const changed = Object.keys(change);
    setErrors((before) =>
      Object.fromEntries(Object.entries(before).filter(([path]) => !changed.includes(path.split('.')[0]!))),
    );
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    setPending(true);
    // The validation is only loaded when the form is submitted.
    const validate = answered(async () =>
      (await import('./read-values')).readValues(options.imageId, values),
    );
    const read = await validate();
    const result = read.ok ? await startOnce(runImage, read.data) : read;
    if (result.ok) {
      for (const warning of result.data.warnings) toast({ title: 'Engine warning', text: warning });
      return router.push(containerHref(result.data.id));
    }
    setPending(false);
    setErrors(result.fields ?? {});
    setRefused(result.fields ?? null);
    // Errors of fields alone disappear as the fields are changed.
    setFailure(!read.ok && read.fields ? null : result);
  };

  const section = { values, set, errors, options };
  const wrong = Object.keys(errors).length;
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-6">
      <CommandSection {...section} />
      <NetworkSection {...section} />
      <StorageSection {...section} mayMount={mayUseHost} />
      <LimitsSection {...section} />
      <Section title="Isolation">
        <IsolationFields
          values={values}
          set={set}
          errorOf={isolationErrors(errors)}
          defaults={options.defaults}
          mayUseHost={mayUseHost}
        />
      </Section>
      <div className="flex max-w-160 flex-col gap-3">
        {failure ? <ErrorState error={failure} title="The container was not started" /> : null}
        {!failure && wrong > 0 ? <ErrorState error={{ message: 'Correct the marked fields.' }} /> : null}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" icon={<Play aria-hidden />} pending={pending}>
            Run
          </Button>
          <LinkButton href={imageHref(options.imageId)}>Cancel</LinkButton>
        </div>
      </div>
    </form>
  );
}
