import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { runner } from '@/lib/operations/runner';
import { isEnded } from '@/lib/operations/schema';
import { findOperation } from '@/lib/operations/store';
import { remember } from '@/lib/remember';
import { findTerminal, type LiveTerminal } from './live';
import { findWorkbench } from './store';

/** ms. So long a request waits for a terminal that is being connected. */
const patience = 2000;

const recovery = () => remember('workbench-recovery', () => ({ done: Promise.resolve() }));

/** What the last process held is being connected again until `done`. */
export function noteRecovery(done: Promise<void>): void {
  recovery().done = done;
}

/** When the workbenches that the last process held are connected again, or it takes too long. */
export const recovered = (): Promise<void> => Promise.race([recovery().done, sleep(patience)]);

async function isBeingConnected(workbenchId: string): Promise<boolean> {
  const operationId = (await findWorkbench(workbenchId))?.operationId;
  const operation = operationId ? await findOperation(operationId) : null;
  return operation !== null && !isEnded(operation.status);
}

/**
 * The terminal, waited for where it is being connected; `later` when that takes long or is for the next process to do,
 * null when there is none.
 */
export async function reachTerminal(workbenchId: string): Promise<LiveTerminal | 'later' | null> {
  const until = Date.now() + patience;
  if (!findTerminal(workbenchId)) await recovered();
  for (;;) {
    const terminal = findTerminal(workbenchId);
    if (runner().stopping) return 'later';
    if (terminal) return terminal;
    if (!(await isBeingConnected(workbenchId))) return findTerminal(workbenchId) ?? null;
    if (Date.now() > until) return 'later';
    await sleep(50);
  }
}
