import 'server-only';
import { startClock } from '@/lib/clock';
import { findEngine, getEngine } from '@/lib/engine/engines';
import { env } from '@/lib/env';
import { AppError, asAppError, errorTable, messageOf } from '@/lib/errors';
import { type EngineId, newId, type OperationId } from '@/lib/ids';
import { emptyState } from '@/lib/events/state';
import { remember } from '@/lib/remember';
import { openContext } from './context';
import { type Ending, findSnapshot } from './event-store';
import { findKind, getKind, type Lane, type OperationKind } from './kinds';
import { bumpPulse } from './pulse';
import { openRecorder } from './recorder';
import type { OperationSummary } from './schema';
import { untilStored } from './storage';
import { claimOperation, getOperationOwner, listActive } from './store';

interface Runner {
  id: string;
  running: Map<string, { lane: Lane; controller: AbortController; done: Promise<void> }>;
  limits: Record<Lane, number>;
  /** One look at the queue at a time; asked again meanwhile, it looks again. */
  looking: Promise<void> | undefined;
  again: boolean;
  stopping: boolean;
}

export const runner = () =>
  remember('runner', (): Runner => ({
    id: newId(),
    running: new Map(),
    limits: { build: env().concurrentBuilds, transfer: 4, workbench: 200 },
    looking: undefined,
    again: false,
    stopping: false,
  }));

/** How many operations of a lane may run at once, from now on. */
export function setLimit(lane: Lane, limit: number): void {
  runner().limits[lane] = limit;
  lookForWork();
}

/** Whatever the work throws after it was told to stop, it stopped for that reason; what it adds to it is kept. */
function stopOf(reason: AppError, own: AppError): AppError {
  const adds = own.code === reason.code && own.message !== errorTable[own.code].message && own !== reason;
  return adds ? new AppError(reason.code, `${reason.message} ${own.message}`, { hint: own.hint }) : reason;
}

function endingOf(error: unknown, signal: AbortSignal): Ending {
  const own = asAppError(error);
  const shown = signal.aborted ? stopOf(asAppError(signal.reason), own) : own;
  if (shown.code === 'internal') console.error('An operation failed unexpectedly:', own.cause ?? own); // kept nowhere else
  const message = shown.hint ? `${shown.message} ${shown.hint}` : shown.message;
  const status = shown.code === 'cancelled' || shown.code === 'interrupted' ? shown.code : 'failed';
  return { status, result: undefined, errorCode: shown.code, errorMessage: message };
}

async function runToEnd(
  operation: OperationSummary,
  kind: OperationKind,
  controller: AbortController,
  clock: () => number,
) {
  const { id, engineId } = operation;
  const { signal } = controller;
  const { input, user } = await untilStored(() => getOperationOwner(id));
  const before = (await untilStored(() => findSnapshot(id)))?.state ?? emptyState;
  const recorder = openRecorder(id, before, signal, clock);
  let ending: Ending;
  try {
    const context = openContext({ id, input, user, engine: getEngine(engineId), signal }, recorder);
    const result = await kind.run(context);
    ending = { status: 'succeeded', result, errorCode: null, errorMessage: null };
  } catch (error) {
    ending = endingOf(error, signal);
  }
  await recorder.end(ending);
}

async function start(operation: OperationSummary, lane: Lane) {
  const { id, running } = runner();
  const clock = startClock();
  const startedAt = new Date(clock());
  if (!(await untilStored(() => claimOperation(operation.id, id, startedAt)))) return;
  const controller = new AbortController();
  const done = runToEnd(operation, getKind(operation.kind), controller, clock)
    .catch((error: unknown) => {
      // Not for want of space, which is waited for: the row stays `running` until the next start.
      console.error(`The end of operation ${operation.id} could not be stored: ${messageOf(error)}`);
    })
    .finally(() => {
      running.delete(operation.id);
      bumpPulse();
      lookForWork();
    });
  running.set(operation.id, { lane, controller, done });
  bumpPulse();
}

async function look() {
  const { running, limits } = runner();
  const free = { ...limits };
  for (const { lane } of running.values()) free[lane] -= 1;
  const ready = new Map<string, Promise<boolean>>();
  const isReady = (kind: OperationKind, engineId: EngineId) => {
    const key = `${engineId} ${kind.kind}`;
    const engine = findEngine(engineId);
    // An engine that is not configured: it begins, and fails with that error.
    const answer = ready.get(key) ?? (engine && kind.ready?.(engine)) ?? Promise.resolve(true);
    ready.set(key, answer);
    return answer;
  };
  for (const operation of await untilStored(listActive)) {
    const kind = operation.status === 'queued' ? findKind(operation.kind) : undefined;
    if (!kind || free[kind.lane] <= 0) continue;
    if (!(await isReady(kind, operation.engineId))) continue;
    free[kind.lane] -= 1;
    await start(operation, kind.lane);
  }
}

/** Starts queued operations as far as there is room. Returns at once. */
export function lookForWork(): void {
  const state = runner();
  if (state.stopping) return;
  if (state.looking) {
    state.again = true;
    return;
  }
  state.looking = look()
    .catch((error: unknown) => console.error(`The queue could not be read: ${messageOf(error)}`))
    .finally(() => {
      state.looking = undefined;
      if (state.again) {
        state.again = false;
        lookForWork();
      }
    });
}

/** Tells a running operation to stop; false when this process does not run it. */
export function abortRunning(id: OperationId, reason: AppError): boolean {
  const entry = runner().running.get(id);
  entry?.controller.abort(reason);
  return entry !== undefined;
}

/** Before the process ends: no new work, and a few seconds for what runs to stop in order. */
export async function stopRunner(graceMs = 8000): Promise<void> {
  const state = runner();
  state.stopping = true;
  const reason = new AppError('interrupted', 'Interrupted: the server was stopped while this ran.');
  for (const { controller } of state.running.values()) controller.abort(reason);
  await Promise.race([
    Promise.allSettled([...state.running.values()].map(({ done }) => done)),
    new Promise((resolve) => setTimeout(resolve, graceMs).unref()),
  ]);
}
