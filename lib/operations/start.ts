import 'server-only';
import { bumpPulse } from './pulse';
import { lookForWork } from './runner';
import { insertOperation, type NewOperation, releaseOperation } from './store';

/** Queues the work and returns its id at once. `prepare` writes what belongs to it, before it can start. */
export async function startOperation(
  operation: NewOperation,
  prepare?: (id: string) => Promise<void>,
): Promise<string> {
  const id = await insertOperation(operation, prepare !== undefined);
  if (prepare) {
    await prepare(id);
    await releaseOperation(id);
  }
  bumpPulse();
  lookForWork();
  return id;
}
