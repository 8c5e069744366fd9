import 'server-only';
import { findContainer } from '@/lib/engine/containers/containers';
import { getEngine } from '@/lib/engine/engines';
import { messageOf } from '@/lib/errors';
import type { WorkbenchId } from '@/lib/ids';
import { untilStored } from '@/lib/operations/storage';
import { closeOpenCommands } from './commands-store';
import { endProgram } from './end-program';
import { noteRecovery } from './reach';
import { continueWorkbench } from './start';
import { getWorkbench, listOpen, noteEnd, noteRemoved } from './store';
import { removeTyped } from './typed';

async function recover(id: WorkbenchId): Promise<void> {
  const workbench = await getWorkbench(id);
  const { operationId } = workbench;
  if (operationId) await untilStored(() => closeOpenCommands(operationId, new Date()));
  const engine = getEngine(workbench.engineId);
  const container = await findContainer(engine, workbench.containerId);
  // The engine connects to it when it is resumed, which a user asks for.
  if (container?.state === 'paused' && workbench.origin !== 'exec') return;
  const goesOn = container?.state === 'running' && workbench.origin !== 'exec';
  if (!goesOn) removeTyped(id);
  if (!container) return noteRemoved(id);
  // An exec shell cannot be reattached, so it is ended.
  if (workbench.origin === 'exec') {
    if (operationId) await endProgram(engine, workbench, operationId);
    return noteEnd(id, { endedAt: new Date(), exitCode: null, oomKilled: false });
  }
  if (container.state !== 'running') {
    const { exitCode, outOfMemory, finishedAt } = container;
    return noteEnd(id, { endedAt: new Date(finishedAt ?? Date.now()), exitCode, oomKilled: outOfMemory });
  }
  await continueWorkbench(id, null);
}

async function recoverAll(): Promise<void> {
  for (const id of await listOpen()) {
    try {
      await recover(id);
    } catch (error) {
      console.warn(`Workbench ${id} could not be reconnected: ${messageOf(error)}`);
    }
  }
}

/** At start-up: reconnects to the running containers of the last process's terminals. */
export function recoverWorkbenches(): Promise<void> {
  const done = recoverAll();
  noteRecovery(done);
  return done;
}
