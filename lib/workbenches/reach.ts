import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { runner } from '@/lib/operations/runner';
import { isEnded } from '@/lib/operations/schema';
import { findOperation } from '@/lib/operations/store';
import { remember } from '@/lib/remember';
import type { WorkbenchId } from '@/lib/ids';
import { findTerminal, type LiveTerminal } from './live';
import { findWorkbench } from './store';

/** How long a request waits for a terminal that is being connected. */
const waitMs = 2000;

const recovery = () => remember('workbench-recovery', () => ({ done: Promise.resolve(), isDone: true }));

/** `done`: when the last process's workbenches are reconnected. */
export function noteRecovery(done: Promise<void>): void {
  const over = () => void Object.assign(recovery(), { isDone: true });
  Object.assign(recovery(), { done: done.then(over, over), isDone: false });
}

/** Resolves when the last process's workbenches are reconnected, or after a timeout. */
export const recovered = (): Promise<void> => Promise.race([recovery().done, sleep(waitMs)]);

async function isBeingConnected(workbenchId: WorkbenchId): Promise<boolean> {
  const operationId = (await findWorkbench(workbenchId))?.operationId;
  const operation = operationId ? await findOperation(operationId) : null;
  return operation !== null && !isEnded(operation.status);
}

/** Waits for a terminal that is being connected; `later` if that takes too long or the process is stopping, null if none. */
export async function reachTerminal(workbenchId: WorkbenchId): Promise<LiveTerminal | 'later' | null> {
  const until = performance.now() + waitMs;
  if (!findTerminal(workbenchId)) await recovered();
  for (;;) {
    const terminal = findTerminal(workbenchId);
    if (runner().stopping) return 'later';
    if (terminal) return terminal;
    const { isDone } = recovery(); // what it connects is stored before it is done
    if (!(await isBeingConnected(workbenchId)) && isDone) return findTerminal(workbenchId) ?? null;
    if (performance.now() > until) return 'later';
    await sleep(50);
  }
}
