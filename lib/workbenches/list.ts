import 'server-only';
import { listContainers } from '@/lib/engine/containers/containers';
import { getEngine } from '@/lib/engine/engines';
import { AppError } from '@/lib/errors';
import type { EngineId } from '@/lib/ids';
import { unwatchedSince } from '@/lib/operations/channel';
import { findTerminal } from './live';
import type { ListedWorkbench } from './schema';
import { listWorkbenches } from './store';

/** Ids of paused containers; none while the engine cannot be asked, which the page says. */
async function listPaused(engineId: EngineId): Promise<string[]> {
  try {
    const containers = await listContainers(getEngine(engineId));
    return containers.filter(({ state }) => state === 'paused').map(({ id }) => id);
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** Workbenches with what only the engine and this process know: which are paused, and which shells nobody watches. */
export async function listWorkbenchPage(page: {
  before?: string;
  limit: number;
}): Promise<ListedWorkbench[]> {
  const workbenches = await listWorkbenches(page);
  const engines = new Set(
    workbenches.filter(({ endedAt }) => endedAt === null).map(({ engineId }) => engineId),
  );
  const paused = new Set((await Promise.all([...engines].map(listPaused))).flat());
  return workbenches.map((workbench) => {
    const terminal = findTerminal(workbench.id);
    return {
      ...workbench,
      paused: paused.has(workbench.containerId),
      open: terminal !== undefined,
      unwatchedSince: terminal ? unwatchedSince(terminal.operationId) : null,
    };
  });
}
