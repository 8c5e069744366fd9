'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, Suspense, useState, useTransition } from 'react';
import { startCommit } from '@/app/(dashboard)/commits/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Notice } from '@/app/_components/ui/notice';
import { Panel } from '@/app/_components/ui/panel';
import { Waiting } from '@/app/_components/ui/waiting';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import type { ActionFailure } from '@/lib/actions/result';
import { commitHref } from '@/lib/commits/href';
import type { CommitFacts } from '@/lib/commits/schema';
import { ChangeFields } from './change-fields';
import { ImageFields } from './image-fields';
import { PushFields } from './push-fields';
import { ReviewPanel, type SettledReview } from './review-panel';
import { type CommitFormState, toInput, useCommitForm } from './use-commit-form';

interface CommitSheetProps {
  facts: CommitFacts;
  mounts: { kind: string; target: string }[];
  review: Promise<SettledReview>;
  mayPush: boolean;
}

const someWrong = { message: 'Some fields are invalid. Correct the marked fields.' };

/** The form of a commit, with a review of the changed paths. */
export function CommitSheet({ facts, mounts, review, mayPush }: CommitSheetProps) {
  const router = useRouter();
  const state = useCommitForm(facts);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const [pending, startTransition] = useTransition();
  const errors = failure?.fields ?? {};

  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await startOnce(startCommit, toInput(state.form, facts.container.id, state.left));
      if (result.ok) return router.push(commitHref(result.data.id));
      setFailure(result);
    });
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-6">
      {mounts.length > 0 ? (
        <Notice tone="warning" title="Data in volumes is not committed">
          Data in <Mounts mounts={mounts} /> is not included in the image. If the image needs it, download it
          from the container and add it to a project.
        </Notice>
      ) : null}
      {facts.base ? null : (
        <Notice tone="warning" title="Base image missing">
          Paths cannot be excluded, and the command, entry point and environment are those of the container.
        </Notice>
      )}
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel title="Review">
          <Suspense fallback={<Looking />}>
            <ReviewPanel review={review} state={state} mayLeaveOut={facts.base !== null} />
          </Suspense>
        </Panel>
        <div className="flex min-w-0 flex-col gap-6">
          <ImageFields state={state} errors={errors} running={facts.container.running} />
          {mayPush ? <PushFields state={state} errors={errors} registries={facts.registries} /> : null}
          <ChangeFields state={state} errors={errors} inherited={facts.inherited} />
        </div>
      </div>
      <div className="sticky bottom-0 z-10 -mx-2 flex flex-col gap-2 border-t border-line bg-surface px-2 py-3 max-sm:bottom-14">
        {failure ? <ErrorState title="Not committed" error={failure.fields ? someWrong : failure} /> : null}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" variant="primary" pending={pending}>
            {state.form.registryId ? 'Commit and push' : 'Commit'}
          </Button>
          <Way state={state} facts={facts} />
        </div>
      </div>
    </form>
  );
}

function Mounts({ mounts }: { mounts: { kind: string; target: string }[] }) {
  return mounts.map(({ kind, target }, index) => (
    <span key={target}>
      {index > 0 ? ', ' : null}
      <span className="font-mono">{target}</span> ({kind})
    </span>
  ));
}

const Looking = () => <Waiting>Reading the changes…</Waiting>;

/** The commit's method, and the reason. */
function Way({ state, facts }: { state: CommitFormState; facts: CommitFacts }) {
  const { form, left } = state;
  const asked: Record<string, boolean> = {
    command: form.command.trim() !== '' || form.entrypoint.trim() !== '',
    user: form.user.trim() !== '',
    workingDirectory: form.workingDirectory.trim() !== '',
  };
  const taken = facts.taken.filter(({ what }) => !asked[what]);
  const leavesOut = left.paths.size + left.rules.size > 0;
  if (!leavesOut && taken.length === 0)
    return <p className="text-sm text-muted">Standard docker commit of all changes.</p>;
  return (
    <p className="min-w-0 flex-1 basis-60 text-sm text-muted">
      One clean layer on the base image
      {leavesOut ? ', without the excluded paths' : null}
      {taken.length > 0
        ? `${leavesOut ? '; also' : ''}, because a standard commit would keep the container’s ${taken.map(({ text }) => text).join(', ')}`
        : null}
      .
    </p>
  );
}
