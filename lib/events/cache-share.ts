import type { StepKind } from './events';
import type { OperationState } from './state';

/** Whether the builder looks for a step's result in its cache. A base is there or is pulled: that is no work to be saved. */
export const mayBeCached = (kind: StepKind): boolean =>
  kind === 'run' || kind === 'copy' || kind === 'config';

export interface CacheFigures {
  steps: number;
  cachedSteps: number;
}

/** How many of the instructions came from the cache. */
export function cacheFigures({ steps }: OperationState): CacheFigures {
  const counted = steps.filter((step) => mayBeCached(step.kind));
  return { steps: counted.length, cachedSteps: counted.filter((step) => step.cached).length };
}
