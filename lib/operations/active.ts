import 'server-only';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { statusOf } from '@/lib/events/state';
import type { OperationId } from '@/lib/ids';
import { currentEngine, engineSince } from '@/lib/engine/system/watch';
import { findKind } from './kinds';
import { pulseMark, pulseVersions } from './pulse';
import type { ActiveOperation, Pulse } from './schema';
import { liveStates } from './recorder';
import { findSnapshot } from './event-store';
import { storageStatus } from './storage';
import { listActive } from './store';

async function runningStep(id: OperationId): Promise<string | null> {
  const state = liveStates().get(id)?.() ?? (await findSnapshot(id))?.state;
  const steps = state?.steps ?? [];
  const running = steps.findLast((step) => statusOf(step, false) === 'running');
  return running?.name.replace(/^\[internal\] /, '') ?? null;
}

/** What is queued, with its place in its lane, and what runs, with the step it is at. */
export async function listActiveOperations(): Promise<ActiveOperation[]> {
  const places = new Map<string, number>();
  const found: ActiveOperation[] = [];
  for (const operation of await listActive()) {
    const kind = findKind(operation.kind);
    const lane = kind?.lane ?? operation.kind;
    const queued = operation.status === 'queued';
    const position = queued ? (places.get(lane) ?? 0) + 1 : null;
    if (position !== null) places.set(lane, position);
    found.push({
      ...operation,
      position,
      step: queued ? null : (kind?.runningText ?? (await runningStep(operation.id))),
    });
  }
  return found;
}

/** For this long, in ms, all pages share one reading. */
const sharedFor = 900;

interface SharedPulse {
  mark: number;
  at: number;
  pulse: Promise<Pulse>;
}

async function makePulse(engine: Engine): Promise<Pulse> {
  const { work: version, containers, images } = pulseVersions();
  const [active, status] = await Promise.all([listActiveOperations(), currentEngine(engine)]);
  const words =
    status.state === 'ready' ? { message: '', hint: '' } : { message: status.message, hint: status.hint };
  const engineState = { state: status.state, ...words, since: engineSince(engine) };
  return { active, version, containers, images, engine: engineState, storage: storageStatus() };
}

const shared = engineCache('pulse', (): { last?: SharedPulse } => ({}));

export function readPulse(engine: Engine): Promise<Pulse> {
  const kept = shared(engine);
  const mark = pulseMark();
  if (!kept.last || kept.last.mark !== mark || performance.now() - kept.last.at > sharedFor)
    kept.last = { mark, at: performance.now(), pulse: makePulse(engine) };
  return kept.last.pulse;
}
