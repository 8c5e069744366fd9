import {
  type EndEvent,
  isTerminalEvent,
  type OperationEvent,
  type ProgressEvent,
  type StepKind,
  type StoredEvent,
  type WarningEvent,
} from './events';
import { foldLines, type OpenLines } from './lines';

export interface StepState {
  id: string;
  name: string;
  kind: StepKind;
  line?: number;
  inputs: string[];
  started?: number;
  completed?: number;
  cached: boolean;
  error?: string;
  progress: Omit<ProgressEvent, 'type' | 'step'>[];
  /** Number of complete lines of its log. */
  lines: number;
  /** The lines after them. */
  openLines: OpenLines;
  clipped: boolean;
}

/** The state of an operation, without log text: plain, serializable, immutable. */
export interface OperationState {
  /** Number of the last included event. */
  seq: number;
  steps: StepState[];
  warnings: Omit<WarningEvent, 'type'>[];
  end?: Omit<EndEvent, 'type'>;
}

export const emptyState: OperationState = { seq: 0, steps: [], warnings: [] };

const newStep = (id: string): StepState => ({
  id,
  name: id,
  kind: 'internal',
  inputs: [],
  cached: false,
  progress: [],
  lines: 0,
  openLines: [],
  clipped: false,
});

function applyToStep(
  step: StepState,
  event: Extract<OperationEvent, { type: 'step' | 'progress' | 'log' }>,
): StepState {
  switch (event.type) {
    case 'step': {
      const { type: _type, step: _step, started, completed, error, ...rest } = event;
      const next: StepState = { ...step, ...rest };
      if (started !== undefined) next.started = started ?? undefined;
      if (completed !== undefined) next.completed = completed ?? undefined;
      if (error !== undefined) next.error = error ?? undefined;
      return next;
    }
    case 'progress': {
      const { type: _type, step: _step, ...bar } = event;
      const at = step.progress.findIndex((other) => other.id === bar.id);
      return { ...step, progress: at < 0 ? [...step.progress, bar] : step.progress.with(at, bar) };
    }
    case 'log': {
      const { ended, open } = foldLines(step.openLines, event.stream, event.text);
      return {
        ...step,
        lines: step.lines + ended.length,
        openLines: open,
        clipped: step.clipped || event.clipped === true,
      };
    }
  }
}

/** Folds events into the state. Skips events that are already included, so that resending is harmless. */
export function reduce(state: OperationState, events: readonly StoredEvent[]): OperationState {
  let next: OperationState | undefined;
  let positions: Map<string, number> | undefined;
  for (const event of events) {
    if (event.seq <= (next ?? state).seq) continue;
    next ??= { ...state, steps: [...state.steps], warnings: [...state.warnings] };
    next.seq = event.seq;
    if (event.type === 'warning') {
      const { type: _type, seq: _seq, ...warning } = event;
      next.warnings.push(warning);
    } else if (event.type === 'end') {
      const { type: _type, seq: _seq, ...end } = event;
      next.end = end;
    } else if (!isTerminalEvent(event)) {
      positions ??= new Map(next.steps.map((step, index) => [step.id, index]));
      let at = positions.get(event.step);
      if (at === undefined) {
        at = next.steps.length;
        positions.set(event.step, at);
        next.steps.push(newStep(event.step));
      }
      const { seq: _seq, ...bare } = event;
      next.steps[at] = applyToStep(next.steps[at]!, bare);
    }
  }
  return next ?? state;
}

export type StepStatus = 'waiting' | 'running' | 'done' | 'cached' | 'failed' | 'cancelled';

/** The status follows from the times, so that both agree. */
export function statusOf(step: StepState, ended: boolean): StepStatus {
  if (step.error) return 'failed';
  if (step.cached) return 'cached';
  if (step.completed !== undefined) return 'done';
  if (ended) return 'cancelled';
  return step.started === undefined ? 'waiting' : 'running';
}
