'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { BuildOptionsForm } from '@/app/_components/build-options-form/build-options-form';
import type { BuildChoices } from '@/app/_components/build-options-form/choices';
import { someWrong, useOptionsForm } from '@/app/_components/build-options-form/use-options-form';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { answered } from '@/app/_hooks/answered';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import type { BuildOptions } from '@/lib/projects/options/schema';
import { saveOptions } from '@/app/(dashboard)/projects/actions';
import { LeaveGuard } from '@/app/(dashboard)/projects/_components/leave-guard';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import type { ProjectId } from '@/lib/ids';

/** The options of a project's builds. */
export function OptionsEditor({
  projectId,
  options,
  choices,
  mayEdit,
}: {
  projectId: ProjectId;
  options: BuildOptions;
  choices: BuildChoices;
  mayEdit: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const state = useOptionsForm(options);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const [pending, startTransition] = useTransition();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const checked = await state.check();
      if (!checked.ok) return setFailure(checked);
      const result = await answered(saveOptions)({ id: projectId, options: checked.data });
      setFailure(result.ok ? null : result.fields ? { ...result, message: someWrong } : result);
      if (!result.ok) {
        const fields = Object.entries(result.fields ?? {});
        return state.setErrors(
          Object.fromEntries(fields.map(([path, text]) => [path.replace(/^options\./, ''), text])),
        );
      }
      state.settle();
      toast({ tone: 'success', title: 'Options saved' });
    });
  };

  return (
    <form ref={form} onSubmit={submit} noValidate>
      <fieldset disabled={!mayEdit} className="min-w-0">
        <legend className="sr-only">Options of this project’s builds</legend>
        <BuildOptionsForm state={state} choices={choices} />
      </fieldset>
      {mayEdit ? (
        <div className="sticky bottom-0 z-10 -mx-2 flex flex-col gap-2 border-t border-line bg-surface px-2 py-3 max-sm:bottom-14">
          {failure ? <ErrorState title="Not saved" error={failure} /> : null}
          <div className="flex flex-wrap items-center gap-2">
            <Button type="submit" variant="primary" pending={pending} disabled={!state.dirty}>
              Save options
            </Button>
            <Button
              variant="ghost"
              disabled={!state.dirty || pending}
              onClick={() => {
                state.reset();
                setFailure(null);
              }}
            >
              Undo changes
            </Button>
            <span role="status" className="text-sm text-muted">
              {state.dirty ? 'Not saved yet' : 'Used by every build of this project.'}
            </span>
          </div>
        </div>
      ) : null}
      <LeaveGuard active={state.dirty} name="the options" onLeave={(href) => router.push(href)} />
    </form>
  );
}
