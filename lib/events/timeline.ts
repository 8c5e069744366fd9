import { type OperationState, statusOf, type StepState, type StepStatus } from './state';

/** A step that has begun, on the clock. Milliseconds since 1970. */
export interface Bar {
  step: StepState;
  status: StepStatus;
  from: number;
  to: number;
  /** On the path that the whole waited for. */
  critical: boolean;
}

export interface Timeline {
  from: number;
  to: number;
  bars: Bar[];
  /** Ids of the steps that the end waited for, in order of time. */
  path: string[];
  /** Milliseconds of the steps on it. */
  pathTime: number;
}

/** Clocks of one machine, read at different moments: what begins this little before another's end came after it. */
const slack = 5;

/** Nothing waits for what comes from the cache: the builder tells its times when it comes to ask for it, often late. */
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
 * What a step waited for: the last to end of its inputs. The builder does not tell all of them (a base waits for the
 * look into the registry, the export for everything, and the classic builder tells none): there it is what ended last
 * before it began.
 */
function waitedFor(bar: Bar, bars: ReadonlyMap<string, Bar>): Bar | undefined {
  const inputs = bar.step.inputs.map((id) => bars.get(id)).filter((input) => input !== undefined);
  if (inputs.length > 0) return latest(inputs);
  return latest([...bars.values()].filter((other) => other !== bar && other.to <= bar.from + slack));
}

function criticalPath(bars: ReadonlyMap<string, Bar>): Bar[] {
  const path: Bar[] = [];
  for (let bar = latest(bars.values()); bar && !path.includes(bar); bar = waitedFor(bar, bars))
    path.unshift(bar);
  return path;
}

/** When each step ran, and which of them the end waited for. `until`: the end of what has none: now, or when all was over. */
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
