'use client';

import { useState } from 'react';
import { changeContainer } from '@/app/(dashboard)/containers/actions';
import { useToast } from '@/app/_hooks/use-toast';
import type { ContainerVerb } from '@/lib/containers/schema';

const done: Record<ContainerVerb, string> = {
  start: 'is started',
  stop: 'is stopped',
  restart: 'is started again',
  kill: 'is ended',
  pause: 'is paused',
  unpause: 'goes on',
};
const tried: Record<ContainerVerb, string> = {
  start: 'could not be started',
  stop: 'could not be stopped',
  restart: 'could not be started again',
  kill: 'could not be ended',
  pause: 'could not be paused',
  unpause: 'could not go on',
};

/** `change('stop')`: asks for it and says how it went; what takes longer is seen in its state. */
export function useContainerChange({ id, name }: { id: string; name: string }) {
  const toast = useToast();
  const [pending, setPending] = useState<ContainerVerb | null>(null);
  const change = async (verb: ContainerVerb) => {
    setPending(verb);
    const result = await changeContainer({ id, verb });
    setPending(null);
    if (!result.ok)
      toast({
        tone: 'failure',
        title: `${name} ${tried[verb]}`,
        text: [result.message, result.hint].filter(Boolean).join(' '),
      });
    else if (result.data.done) toast({ tone: 'success', title: `${name} ${done[verb]}` });
  };
  return { pending, change };
}
