import 'server-only';
import { getEngine } from '@/lib/engine/engines';
import { messageOf } from '@/lib/errors';
import { endNow } from './end-now';
import type { Ending } from './event-store';
import { getKind } from './kinds';
import { runner } from './runner';
import type { OperationSummary } from './schema';
import { findValues, listOrphans } from './store';

const interrupted: Ending = {
  status: 'interrupted',
  result: undefined,
  errorCode: 'interrupted',
  errorMessage: 'Interrupted: the server stopped while this ran. Everything it had said until then is kept.',
};

async function outcomeOf({ id, kind, engineId }: OperationSummary): Promise<Ending> {
  try {
    const values = await findValues(id);
    const found = await getKind(kind).recover?.(getEngine(engineId), id, values?.input);
    if (!found) return interrupted;
    return {
      status: found.succeeded ? 'succeeded' : 'interrupted',
      result: found.result,
      errorCode: found.succeeded ? null : 'interrupted',
      errorMessage: found.message,
    };
  } catch (error) {
    console.error(`What became of operation ${id} could not be found out: ${messageOf(error)}`);
    return interrupted;
  }
}

/** At start-up: what a dead process left running is told so. Returns how many there were. */
export async function recoverOperations(): Promise<number> {
  const orphans = await listOrphans(runner().id);
  for (const orphan of orphans) await endNow(orphan.id, await outcomeOf(orphan));
  return orphans.length;
}
