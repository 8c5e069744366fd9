import 'server-only';
import { findContainer, removeContainer } from '@/lib/engine/containers/containers';
import { getEngine } from '@/lib/engine/engines';
import { AppError } from '@/lib/errors';
import { cancelOperation } from '@/lib/operations/cancel';
import { findOperation } from '@/lib/operations/store';
import { isEnded } from '@/lib/operations/schema';
import type { WorkbenchId } from '@/lib/ids';
import { findTerminal } from './live';
import { deleteWorkbench, getWorkbench, noteRemoved } from './store';
import { removeTyped } from './typed';

/** Ends its shell. The stopped container is kept. */
export async function endWorkbench(id: WorkbenchId, userName: string): Promise<void> {
  const { operationId, engineId, containerId, name, origin } = await getWorkbench(id);
  const container = origin === 'attach' ? null : await findContainer(getEngine(engineId), containerId);
  if (container?.state === 'paused')
    throw new AppError('conflict', `${name} is paused: its processes cannot be ended.`, {
      hint: 'Resume it first.',
    });
  if (operationId) await cancelOperation(operationId, userName);
}

/** Removes the container; the recording is kept. */
export async function removeWorkbenchContainer(id: WorkbenchId): Promise<void> {
  const { engineId, containerId } = await getWorkbench(id);
  const engine = getEngine(engineId);
  if (await findContainer(engine, containerId)) await removeContainer(engine, containerId);
  await noteRemoved(id);
}

/** Deletes a workbench and its recording; the container is kept. False if its terminal is open. */
export async function forgetWorkbench(id: WorkbenchId): Promise<boolean> {
  const { operationId } = await getWorkbench(id);
  const operation = operationId ? await findOperation(operationId) : null;
  if (findTerminal(id) || (operation && !isEnded(operation.status))) return false;
  await deleteWorkbench(id);
  removeTyped(id);
  return true;
}
