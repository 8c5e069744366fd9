'use client';

import { Hammer, Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { startBuild } from '@/app/(dashboard)/builds/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { BuildOptionsForm } from '@/app/_components/build-options-form/build-options-form';
import type { BuildChoices } from '@/app/_components/build-options-form/choices';
import { useOptionsForm } from '@/app/_components/build-options-form/use-options-form';
import { Preflight } from '@/app/_components/preflight/preflight';
import { Button } from '@/app/_components/ui/button';
import { ErrorState, type ShownError } from '@/app/_components/ui/error-state';
import { buildHref } from '@/lib/builds/href';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import type { BuildOptions } from '@/lib/projects/options/schema';
import type { ProjectId } from '@/lib/ids';

export function BuildOnce({
  projectId,
  options,
  choices,
  mayPush,
}: {
  projectId: ProjectId;
  options: BuildOptions;
  choices: BuildChoices;
  mayPush: boolean;
}) {
  const router = useRouter();
  const state = useOptionsForm(options);
  const [failure, setFailure] = useState<ShownError | null>(null);
  const element = useFocusFirstError(failure);
  const [pending, startTransition] = useTransition();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const push = submitter instanceof HTMLButtonElement && submitter.value === 'push';
    startTransition(async () => {
      const checked = await state.check();
      setFailure(checked.ok ? null : checked);
      if (!checked.ok) return;
      const result = await startOnce(startBuild, { projectId, options: checked.data, push });
      if (result.ok) router.push(buildHref(result.data.id));
      else setFailure(result);
    });
  };

  return (
    <form ref={element} onSubmit={submit} noValidate>
      <BuildOptionsForm state={state} choices={choices} />
      <div className="my-6">
        <Preflight projectId={projectId} options={state.options} />
      </div>
      <div className="sticky bottom-0 z-10 -mx-2 flex flex-col gap-2 border-t border-line bg-surface px-2 py-3 max-sm:bottom-14">
        {failure ? <ErrorState title="Not started" error={failure} /> : null}
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant="primary" icon={<Hammer aria-hidden />} pending={pending}>
            Build
          </Button>
          {mayPush && state.form.pushTargets.length ? (
            <Button type="submit" value="push" icon={<Upload aria-hidden />} disabled={pending}>
              Build and push
            </Button>
          ) : null}
        </div>
      </div>
    </form>
  );
}
