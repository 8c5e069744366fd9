import 'server-only';
import { type DiskUse, measureDisk } from '@/lib/engine/system/disk';
import { AppError, asAppError } from '@/lib/errors';
import { type Engine, engineCache } from '@/lib/engine/engine';
import type { Measurement } from './schema';
import { summarise } from './summary';

/** ms. Younger than this, a measurement is taken as it is. */
const freshFor = 60_000;

interface Kept {
  use: DiskUse | null;
  at: number | null;
  took: number | null;
  failure: Measurement['failure'];
  measuring: { since: number; done: Promise<void> } | null;
  /** Something was removed since: the next look measures again. */
  stale: boolean;
}

const kept = engineCache('disk-use', (): Kept => ({
  use: null,
  at: null,
  took: null,
  failure: null,
  measuring: null,
  stale: false,
}));

/** What is known now; never waits. */
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

async function run(engine: Engine, since: number): Promise<void> {
  const state = kept(engine);
  state.stale = false;
  try {
    state.use = await measureDisk(engine);
    state.at = Date.now();
    state.took = state.at - since;
    state.failure = null;
  } catch (thrown) {
    const { message, hint } = asAppError(thrown);
    state.failure = { message, hint };
  } finally {
    state.measuring = null;
  }
}

/** Measures, unless that was just done or goes on: askers share one measurement. Resolves with its end. */
export async function measure(engine: Engine, { force = false } = {}): Promise<Measurement> {
  const state = kept(engine);
  const fresh = state.at !== null && !state.stale && Date.now() - state.at < freshFor;
  if (!state.measuring && (force || !fresh)) {
    const since = Date.now();
    state.measuring = { since, done: run(engine, since) };
  }
  await state.measuring?.done;
  return lastMeasurement(engine);
}

/** The figures themselves, counted now. Throws where they cannot be had. */
export async function measuredUse(engine: Engine): Promise<DiskUse> {
  await measure(engine, { force: true });
  const { use, failure } = kept(engine);
  if (use && !failure) return use;
  throw new AppError('engine_rejected', failure?.message, { hint: failure?.hint });
}

/** Counted some time ago, where it was counted at all. */
export const knownUse = async (engine: Engine): Promise<DiskUse> => kept(engine).use ?? measuredUse(engine);

/** After a prune: what was measured before is history. */
export function forgetMeasurement(engine: Engine): void {
  kept(engine).stale = true;
}
