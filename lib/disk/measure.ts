import 'server-only';
import { type DiskUse, measureDisk } from '@/lib/engine/system/disk';
import { AppError, asAppError } from '@/lib/errors';
import { remember } from '@/lib/remember';
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
  /** Something was removed since: the next look measures anew. */
  stale: boolean;
}

const kept = () =>
  remember('disk-use', (): Kept => ({
    use: null,
    at: null,
    took: null,
    failure: null,
    measuring: null,
    stale: false,
  }));

/** What is known now; never waits. */
export function lastMeasurement(): Measurement {
  const { use, at, took, failure, measuring } = kept();
  return {
    summary: use && summarise(use),
    measuredAt: at,
    took,
    measuringSince: measuring?.since ?? null,
    failure,
  };
}

async function run(since: number): Promise<void> {
  const state = kept();
  state.stale = false;
  try {
    state.use = await measureDisk();
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
export async function measure({ anew = false } = {}): Promise<Measurement> {
  const state = kept();
  const fresh = state.at !== null && !state.stale && Date.now() - state.at < freshFor;
  if (!state.measuring && (anew || !fresh)) {
    const since = Date.now();
    state.measuring = { since, done: run(since) };
  }
  await state.measuring?.done;
  return lastMeasurement();
}

/** The figures themselves, counted now. Throws where they cannot be had. */
export async function measuredUse(): Promise<DiskUse> {
  await measure({ anew: true });
  const { use, failure } = kept();
  if (use && !failure) return use;
  throw new AppError('engine_rejected', failure?.message, { hint: failure?.hint });
}

/** Counted some time ago, where it was counted at all. */
export const knownUse = async (): Promise<DiskUse> => kept().use ?? measuredUse();

/** After a prune: what was measured before is history. */
export function forgetMeasurement(): void {
  kept().stale = true;
}
