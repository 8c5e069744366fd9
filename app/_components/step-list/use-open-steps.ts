'use client';

import { useState } from 'react';
import type { StepState, StepStatus } from '@/lib/events/state';

/** The step that was running when the operation was interrupted: its output matters most. */
export const wasCutOff = (step: StepState, status: StepStatus): boolean =>
  status === 'cancelled' && step.started !== undefined;

/** By default a step is open while it runs or if it was interrupted, with content; and if it failed. */
export function opensByItself(step: StepState, status: StepStatus): boolean {
  if (status === 'failed') return true;
  if (status !== 'running' && !wasCutOff(step, status)) return false;
  return step.lines > 0 || step.openLines.length > 0 || step.progress.length > 0;
}

export type OpenSteps = ReturnType<typeof useOpenSteps>;

/** The open steps. Steps that the user opened, closed or uses do not change automatically. */
export function useOpenSteps() {
  const [wanted, setWanted] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Readonly<Record<string, boolean>>>({});
  const [all, setAll] = useState<boolean | null>(null);

  const isOpen = (step: StepState, status: StepStatus): boolean => {
    const own = chosen[step.id] ?? all;
    return own ?? opensByItself(step, status);
  };
  const set = (id: string, open: boolean) =>
    setChosen((before) => (before[id] === open ? before : { ...before, [id]: open }));
  const setEvery = (open: boolean) => {
    setChosen({});
    setAll(open);
  };
  /** Opens a step and its group, and scrolls to it. */
  const reveal = (id: string, group: string | null) => {
    if (group) set(`group ${group}`, true);
    set(id, true);
    setWanted(id);
  };
  return {
    isOpen,
    isGroupOpen: (id: string) => chosen[`group ${id}`] ?? all ?? false,
    set,
    setEvery,
    reveal,
    wanted,
    onShown: () => setWanted(null),
  };
}
