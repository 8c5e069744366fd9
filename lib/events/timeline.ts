import { type OperationState, statusOf, type StepState, type StepStatus } from './state';

/** A started step. Milliseconds since 1970. */
export interface Bar {
  step: StepState;
  status: StepStatus;
  from: number;
  to: number;
  /** On the critical path. */
  critical: boolean;
}

export interface Timeline {
  from: number;
  to: number;
  bars: Bar[];
  /** Ids of the steps on the critical path, in order of time. */
  path: string[];
  /** Total duration of these steps. */
  pathTime: number;
}

/** Clock readings differ slightly: a step that starts this little before another's end counts as after it. */
const toleranceMs = 5;

/** Cached steps delay nothing: the builder reports their times when it reaches them, often late. */
const isLater = (one: Bar, other: Bar | undefined): boolean => {
  if (!other) return true;
  if (one.step.cached !== other.step.cached) return other.step.cached;
  return one.to > other.to || (one.to === other.to && one.from < other.from);
};

const latest = (bars: Iterable<Bar | undefined>): Bar | undefined => {
  let found: Bar | undefined;
  for (const bar of bars) if (bar && isLater(bar, found)) found = bar;
  return found;
};

/**
 * The predecessor of a step: the last of its inputs to end. The builder does not report all inputs (a base depends on
 * the registry request, the export on everything, and the classic builder reports none): otherwise the step that
 * ended last before it started.
 */
function waitedFor(bar: Bar, bars: ReadonlyMap<string, Bar>): Bar | undefined {
  const inputs = bar.step.inputs.map((id) => bars.get(id)).filter((input) => input !== undefined);
  if (inputs.length > 0) return latest(inputs);
  return latest([...bars.values()].filter((other) => other !== bar && other.to <= bar.from + toleranceMs));
}

function criticalPath(bars: ReadonlyMap<string, Bar>): Bar[] {
  const path: Bar[] = [];
  for (let bar = latest(bars.values()); bar && !path.includes(bar); bar = waitedFor(bar, bars))
    path.unshift(bar);
  return path;
}

/**
 * The times of the steps, and the critical path. `until`: the end of steps without one: now, or the operation's end.
 */
export function timelineOf(state: OperationState, until: number): Timeline | null {
  const ended = state.end !== undefined;
  const bars = new Map<string, Bar>();
  for (const step of state.steps) {
    if (step.started === undefined) continue;
    const to = Math.max(step.started, step.completed ?? until);
    const status = statusOf(step, ended);
    bars.set(step.id, { step, status, from: step.started, to, critical: false });
  }
  const from = Math.min(...[...bars.values()].map((bar) => bar.from));
  const to = Math.max(...[...bars.values()].map((bar) => bar.to));
  if (!(to > from)) return null;
  const path = criticalPath(bars);
  for (const bar of path) bar.critical = true;
  return {
    from,
    to,
    bars: [...bars.values()],
    path: path.map((bar) => bar.step.id),
    pathTime: path.reduce((sum, bar) => sum + bar.to - bar.from, 0),
  };
}
