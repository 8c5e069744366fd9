import { isWritten } from '@/lib/events/events';
import type { OperationState, StepState } from '@/lib/events/state';
import { statusOf, type StepStatus } from '@/lib/events/state';

type Part =
  | { type: 'step'; step: StepState; status: StepStatus }
  | { type: 'group'; id: 'internal' | 'before'; label: string; steps: StepState[]; status: StepStatus };

// With fewer steps before it, a failed step is visible anyway.
const manyBefore = 6;

/** The status of a group: the worst, or the most active. */
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
 * The steps in order, with BuildKit internals in one group, and with the steps before a failed one in another if they are
 * many, so that the failed one is at the top.
 */
export function arrangeSteps(state: OperationState): Part[] {
  const ended = state.end !== undefined;
  const internal = state.steps.filter((step) => step.kind === 'internal' && !step.error);
  const parts: Part[] = [];
  for (const step of state.steps) {
    if (!internal.includes(step)) parts.push({ type: 'step', step, status: statusOf(step, ended) });
    else if (step === internal[0]) {
      // Grouping a single step saves nothing.
      if (internal.length === 1) parts.push({ type: 'step', step, status: statusOf(step, ended) });
      else parts.push(group('internal', 'BuildKit internals', internal, ended));
    }
  }
  const failed = ended ? parts.findIndex((part) => part.status === 'failed') : -1;
  if (failed < manyBefore) return parts;
  const before = parts.slice(0, failed).flatMap((part) => (part.type === 'step' ? [part.step] : part.steps));
  return [group('before', 'Steps before the failed one', before, ended), ...parts.slice(failed)];
}

/** The group of a step, if any. */
export function groupOf(state: OperationState, id: string): string | null {
  for (const part of arrangeSteps(state))
    if (part.type === 'group' && part.steps.some((step) => step.id === id)) return part.id;
  return null;
}

interface StepCounts {
  total: number;
  cached: number;
  failed: number;
  done: number;
}

/** Counts the steps; without BuildKit internals for a build. */
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

/** From the first start to the last end: the scale of the step bars. */
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
