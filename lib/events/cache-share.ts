import type { StepKind } from './events';
import type { OperationState } from './state';

/** Whether the builder caches a step. A base image is local or pulled, so it has no cache. */
export const mayBeCached = (kind: StepKind): boolean =>
  kind === 'run' || kind === 'copy' || kind === 'config';

export interface CacheFigures {
  steps: number;
  cachedSteps: number;
}

/** The number of instructions that were cached. */
export function cacheFigures({ steps }: OperationState): CacheFigures {
  const counted = steps.filter((step) => mayBeCached(step.kind));
  return { steps: counted.length, cachedSteps: counted.filter((step) => step.cached).length };
}
