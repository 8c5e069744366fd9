'use client';

import { useState } from 'react';
import type { StepState, StepStatus } from '@/lib/events/state';

/**
 * Which steps are open. By itself a step is open while it runs and has something to show, and when it failed; what somebody
 * opened, closed or uses stays as it is.
 */
export function useOpenSteps() {
  const [chosen, setChosen] = useState<Readonly<Record<string, boolean>>>({});
  const [all, setAll] = useState<boolean | null>(null);

  const isOpen = (step: StepState, status: StepStatus): boolean => {
    const own = chosen[step.id] ?? all;
    if (own !== null) return own;
    if (status === 'failed') return true;
    return status === 'running' && (step.lines > 0 || step.open !== null || step.progress.length > 0);
  };
  const set = (id: string, open: boolean) =>
    setChosen((before) => (before[id] === open ? before : { ...before, [id]: open }));
  const setEvery = (open: boolean) => {
    setChosen({});
    setAll(open);
  };
  return { isOpen, isGroupOpen: (id: string) => chosen[`group ${id}`] ?? all ?? false, set, setEvery };
}
