'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import { startPush } from '@/app/(dashboard)/images/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import type { ActionFailure } from '@/lib/actions/result';
import { pushHref } from '@/lib/images/href';
import type { PushOptions, PushTarget } from '@/lib/images/schema';
import { PushForm } from './push-form';
import { RecentTargets } from './recent-targets';
import { usePushForm } from './use-push-form';

const wanted = 'form';

/** The content of the dialog once the options are loaded. */
export function PushPanel({ options, onDone }: { options: PushOptions; onDone: () => void }) {
  const router = useRouter();
  const form = usePushForm(options);
  const [pending, setPending] = useState<string | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const element = useFocusFirstError(failure);

  // The dialog opened before its fields existed: focus the first one.
  useEffect(() => element.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), [element]);

  const push = async (target: PushTarget, source: string) => {
    setPending(source);
    setFailure(null);
    const result = await startOnce(startPush, { image: options.imageId, target });
    setPending(null);
    if (!result.ok) return setFailure(result);
    onDone();
    router.push(pushHref(result.data.id));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void push(form.target, wanted);
  };

  return (
    <form ref={element} onSubmit={submit} className="flex flex-col gap-4" noValidate>
      {failure && !failure.fields ? (
        <ErrorState error={failure} title="The push could not be started" />
      ) : null}
      {options.recent.length ? (
        <RecentTargets
          targets={options.recent}
          pending={pending}
          onPush={(reference) => void push({ reference }, reference)}
        />
      ) : null}
      <PushForm options={options} form={form} errors={failure?.fields ?? {}} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          pending={pending === wanted}
          disabled={!form.parsed.ok || (pending !== null && pending !== wanted)}
        >
          Push
        </Button>
      </div>
    </form>
  );
}
