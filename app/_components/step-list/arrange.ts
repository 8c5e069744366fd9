import { isWritten } from '@/lib/events/events';
import type { OperationState, StepState } from '@/lib/events/state';
import { statusOf, type StepStatus } from '@/lib/events/state';

export type Part =
  | { type: 'step'; step: StepState; status: StepStatus }
  | { type: 'group'; id: 'internal' | 'before'; label: string; steps: StepState[]; status: StepStatus };

// With fewer steps before it, a failed step is in sight anyway.
const manyBefore = 6;

/** The worst or most lively of several. */
function statusOfAll(steps: StepState[], ended: boolean): StepStatus {
  const all = steps.map((step) => statusOf(step, ended));
  for (const status of ['failed', 'running', 'cancelled', 'waiting', 'done'] as const)
    if (all.includes(status)) return status;
  return 'cached';
}

const group = (id: 'internal' | 'before', label: string, steps: StepState[], ended: boolean): Part => ({
  type: 'group',
  id,
  label,
  steps,
  status: statusOfAll(steps, ended),
});

/**
 * The order of showing: as it came, but the builder's own work folded into one, and, when a step has failed after many
 * others, those too, so that the failed one stands at the top.
 */
export function arrangeSteps(state: OperationState): Part[] {
  const ended = state.end !== undefined;
  const internal = state.steps.filter((step) => step.kind === 'internal' && !step.error);
  const parts: Part[] = [];
  for (const step of state.steps) {
    if (!internal.includes(step)) parts.push({ type: 'step', step, status: statusOf(step, ended) });
    else if (step === internal[0]) {
      // One alone is no shorter folded.
      if (internal.length === 1) parts.push({ type: 'step', step, status: statusOf(step, ended) });
      else parts.push(group('internal', 'The builder’s own work', internal, ended));
    }
  }
  const failed = ended ? parts.findIndex((part) => part.status === 'failed') : -1;
  if (failed < manyBefore) return parts;
  const before = parts.slice(0, failed).flatMap((part) => (part.type === 'step' ? [part.step] : part.steps));
  return [group('before', 'Steps before the one that failed', before, ended), ...parts.slice(failed)];
}

/** The group that a step is folded into, when it is in one. */
export function groupOf(state: OperationState, id: string): string | null {
  for (const part of arrangeSteps(state))
    if (part.type === 'group' && part.steps.some((step) => step.id === id)) return part.id;
  return null;
}

export interface StepCounts {
  total: number;
  cached: number;
  failed: number;
  done: number;
}

/** Counts, of a build without the builder's own work, which nobody wrote; of a push or a commit every step. */
export function countSteps(state: OperationState): StepCounts {
  const ended = state.end !== undefined;
  const counts: StepCounts = { total: 0, cached: 0, failed: 0, done: 0 };
  const ofBuild = state.steps.some((step) => step.kind === 'base');
  for (const step of state.steps) {
    if (ofBuild && !isWritten(step.kind)) continue;
    counts.total += 1;
    const status = statusOf(step, ended);
    if (status === 'cached' || status === 'failed' || status === 'done') counts[status] += 1;
  }
  return counts;
}

/** From the first start to the last end: the scale of the small timeline. */
export function spanOf(state: OperationState, now: number): { from: number; to: number } | null {
  let from = Infinity;
  let to = 0;
  for (const step of state.steps) {
    if (step.started === undefined) continue;
    from = Math.min(from, step.started);
    to = Math.max(to, step.completed ?? (state.end ? step.started : now));
  }
  return to > from ? { from, to } : null;
}
