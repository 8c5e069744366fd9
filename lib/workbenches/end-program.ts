import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { findContainer } from '@/lib/engine/containers/containers';
import { findExec, runExec } from '@/lib/engine/containers/terminal';
import { killContainer, stopContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import type { ContainerId, OperationId } from '@/lib/ids';
import type { WorkbenchDetails } from './schema';
import { findProgram } from './store';

/** Between SIGTERM and SIGKILL. */
const graceSeconds = 2;

async function waitForExec(engine: Engine, execId: string): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    if (!(await findExec(engine, execId)).running) return true;
    await sleep(50);
  }
  return false;
}

/**
 * Ends an exec shell. The engine has no call for this, so a second exec signals the process id that the shell reported.
 * Its foreground programs end, too, as when a terminal window is closed.
 */
async function endExec(engine: Engine, containerId: ContainerId, operationId: OperationId): Promise<void> {
  const program = await findProgram(operationId);
  if (!program?.execId || !(await findExec(engine, program.execId)).running) return;
  if (!program.pid)
    throw new AppError(
      'conflict',
      'The program’s process id in the container is unknown, so it may still be running.',
      { hint: 'End it inside the container, or stop the container.' },
    );
  for (const signal of ['HUP', 'KILL']) {
    await runExec(engine, containerId, ['sh', '-c', `kill -${signal} ${program.pid}`]);
    if (await waitForExec(engine, program.execId)) return;
  }
  throw new AppError('conflict', `Process ${program.pid} in the container could not be ended.`, {
    hint: 'Stop the container.',
  });
}

/** Ends the workbench's own container or exec shell; never an attached program. */
export async function endProgram(
  engine: Engine,
  workbench: WorkbenchDetails,
  operationId: OperationId,
): Promise<void> {
  const container = await findContainer(engine, workbench.containerId);
  if (!container || container.state !== 'running') return;
  if (workbench.origin === 'exec') return endExec(engine, workbench.containerId, operationId);
  if (workbench.origin === 'attach') return;
  // Interactive shells ignore SIGTERM, which the engine's stop sends.
  await killContainer(engine, workbench.containerId, 'SIGHUP');
  await stopContainer(engine, workbench.containerId, graceSeconds);
}
