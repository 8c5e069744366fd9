import 'server-only';
import { answers, engineStatus } from '@/lib/engine/system/status';
import type { EngineStatus } from '@/lib/engine/types';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { bumpPulse } from './pulse';
import { lookForWork } from './runner';

/** How often the engine is asked how it is, in ms: pages say within ten seconds that it is away or back. */
const every = 4000;

interface EngineWatch {
  status: EngineStatus | undefined;
  timer: NodeJS.Timeout | undefined;
}

const watch = engineCache('status', (): EngineWatch => ({ status: undefined, timer: undefined }));

const differs = (a: EngineStatus | undefined, b: EngineStatus) =>
  a?.state !== b.state || (a.state !== 'ready' && b.state !== 'ready' && a.message !== b.message);

/** Asks the engine now, and tells every page when the answer is another one than before. */
export async function lookAtEngine(engine: Engine): Promise<EngineStatus> {
  const state = watch(engine);
  const status = await engineStatus(engine);
  const changed = differs(state.status, status);
  state.status = status;
  if (changed) {
    bumpPulse();
    lookForWork();
  }
  return status;
}

/** The last answer, at most a few seconds old; asks when there is none yet. */
export const currentEngine = async (engine: Engine): Promise<EngineStatus> =>
  watch(engine).status ?? lookAtEngine(engine);

/**
 * Whether work that needs the engine may begin. It waits for one that is away; one that refuses has its own words. Where
 * all was well, that it answers is enough: the whole look takes longer than all else before a build.
 */
export async function isEngineThere(engine: Engine): Promise<boolean> {
  if (watch(engine).status?.state === 'ready' && (await answers(engine))) return true;
  const { state } = await lookAtEngine(engine);
  return state !== 'away' && state !== 'stalled';
}

export function watchEngine(engine: Engine): void {
  const state = watch(engine);
  state.timer ??= setInterval(() => void lookAtEngine(engine), every).unref();
}
