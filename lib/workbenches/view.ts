import 'server-only';
import { tryToStore } from '@/lib/db/try-to-store';
import type { Role } from '@/lib/commands/roles';
import { readableValues } from '@/lib/commands/values';
import { findContainer } from '@/lib/engine/containers/containers';
import { getEngine } from '@/lib/engine/engines';
import { asAppError } from '@/lib/errors';
import { isEnded } from '@/lib/operations/schema';
import { getOperation } from '@/lib/operations/store';
import type { WorkbenchId } from '@/lib/ids';
import { findTerminal } from './live';
import { drawFrom, recordedBytes } from './read-recording';
import type { TerminalView, WorkbenchContainerView, WorkbenchDetails, WorkbenchView } from './schema';
import { recovered } from './reach';
import { findWorkbench, noteEnd, noteRemoved } from './store';

async function viewTerminal(workbench: WorkbenchDetails): Promise<TerminalView | null> {
  if (!workbench.operationId) return null;
  const operation = await getOperation(workbench.operationId);
  const live = findTerminal(workbench.id);
  const bytes = live?.bytes() ?? (await recordedBytes(operation.id));
  return {
    operationId: operation.id,
    open: !isEnded(operation.status),
    message: isEnded(operation.status) ? operation.errorMessage : null,
    after: await drawFrom(operation.id, bytes),
    past: bytes,
    keyboard: live?.keyboard ?? { viewer: null, name: '' },
    size: live?.size ?? null,
  };
}

async function viewContainer(workbench: WorkbenchDetails): Promise<WorkbenchContainerView> {
  try {
    const container = await findContainer(getEngine(workbench.engineId), workbench.containerId);
    if (!container) return { state: 'removed' };
    const { state, exitCode, outOfMemory, error, mounts } = container;
    return {
      state: 'there',
      status: state,
      exitCode: exitCode ?? 0,
      oomKilled: outOfMemory,
      error,
      mounts: mounts.map(({ target }) => target),
    };
  } catch (thrown) {
    const { message, hint } = asAppError(thrown);
    return { state: 'unknown', message: hint ? `${message} ${hint}` : message };
  }
}

/** The workbench with its container's current state, which is stored if it has changed. */
export async function viewWorkbench(id: WorkbenchId, user: { role: Role }): Promise<WorkbenchView | null> {
  await recovered();
  const workbench = await findWorkbench(id);
  if (!workbench) return null;
  const [terminal, container] = await Promise.all([viewTerminal(workbench), viewContainer(workbench)]);
  let now = workbench;
  if (container.state === 'removed' && workbench.removedAt === null && !terminal?.open) {
    await tryToStore(noteRemoved(workbench.id));
    now = { ...workbench, removedAt: Date.now(), endedAt: workbench.endedAt ?? Date.now() };
  } else if (
    container.state === 'there' &&
    workbench.endedAt === null &&
    !terminal?.open &&
    workbench.origin !== 'exec' &&
    (container.status === 'exited' || container.status === 'dead')
  ) {
    const { exitCode, oomKilled } = container;
    await tryToStore(noteEnd(workbench.id, { endedAt: new Date(), exitCode, oomKilled }));
    now = { ...workbench, endedAt: Date.now(), exitCode, oomKilled };
  }
  const environment = readableValues(user, now.options.environment);
  return { workbench: { ...now, options: { ...now.options, environment } }, terminal, container };
}
