import 'server-only';
import { type DiskUse, measureDisk } from '@/lib/engine/system/disk';
import { AppError, asAppError } from '@/lib/errors';
import { type Engine, engineCache } from '@/lib/engine/engine';
import type { Measurement } from './schema';
import { summarise } from './summary';

/** Younger measurements are reused. */
const freshMs = 60_000;

interface Kept {
  use: DiskUse | null;
  at: number | null;
  /** By performance.now(): for its age. */
  readAt: number;
  took: number | null;
  failure: Measurement['failure'];
  measuring: { since: number; done: Promise<void> } | null;
  /** Something was removed: the next request measures again. */
  stale: boolean;
}

const kept = engineCache('disk-use', (): Kept => ({
  use: null,
  at: null,
  readAt: -Infinity,
  took: null,
  failure: null,
  measuring: null,
  stale: false,
}));

/** The last measurement; does not wait. */
export function lastMeasurement(engine: Engine): Measurement {
  const { use, at, took, failure, measuring } = kept(engine);
  return {
    summary: use && summarise(use),
    measuredAt: at,
    took,
    measuringSince: measuring?.since ?? null,
    failure,
  };
}

async function run(engine: Engine): Promise<void> {
  const state = kept(engine);
  const begun = performance.now();
  state.stale = false;
  try {
    state.use = await measureDisk(engine);
    state.at = Date.now();
    state.readAt = performance.now();
    state.took = state.readAt - begun;
    state.failure = null;
  } catch (thrown) {
    const { message, hint } = asAppError(thrown);
    state.failure = { message, hint };
  } finally {
    state.measuring = null;
  }
}

/** Measures, unless the last measurement is recent or one is running, which is shared. Resolves at its end. */
export async function measure(engine: Engine, { force = false } = {}): Promise<Measurement> {
  const state = kept(engine);
  const fresh = !state.stale && performance.now() - state.readAt < freshMs;
  if (!state.measuring && (force || !fresh)) {
    state.measuring = { since: Date.now(), done: run(engine) };
  }
  await state.measuring?.done;
  return lastMeasurement(engine);
}

/** The measurement, taken now. Throws if it fails. */
export async function measuredUse(engine: Engine): Promise<DiskUse> {
  await measure(engine, { force: true });
  const { use, failure } = kept(engine);
  if (use && !failure) return use;
  throw new AppError('engine_rejected', failure?.message, { hint: failure?.hint });
}

/** The last measurement, if there is one. */
export const knownUse = async (engine: Engine): Promise<DiskUse> => kept(engine).use ?? measuredUse(engine);

/** After a clean-up: discards the last measurement. */
export function forgetMeasurement(engine: Engine): void {
  kept(engine).stale = true;
}
