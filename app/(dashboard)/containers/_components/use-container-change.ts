'use client';

import { useState } from 'react';
import { changeContainer } from '@/app/(dashboard)/containers/actions';
import { answered } from '@/app/_hooks/answered';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import type { ContainerVerb } from '@/lib/containers/schema';

const done: Record<ContainerVerb, string> = {
  start: 'started',
  stop: 'stopped',
  restart: 'restarted',
  kill: 'killed',
  pause: 'paused',
  unpause: 'resumed',
};
const tried: Record<ContainerVerb, string> = {
  start: 'could not be started',
  stop: 'could not be stopped',
  restart: 'could not be restarted',
  kill: 'could not be killed',
  pause: 'could not be paused',
  unpause: 'could not be resumed',
};

/** `change('stop')`: changes the container and shows the result; a slow change shows in its state. */
export function useContainerChange({ id, name }: { id: string; name: string }) {
  const toast = useToast();
  const [pending, setPending] = useState<ContainerVerb | null>(null);
  const change = async (verb: ContainerVerb) => {
    setPending(verb);
    const result = await answered(changeContainer)({ id, verb });
    setPending(null);
    if (!result.ok) toast(failureToast(`${name} ${tried[verb]}`, result, () => void change(verb)));
    else if (result.data.done) toast({ tone: 'success', title: `${name} ${done[verb]}` });
  };
  return { pending, change };
}
