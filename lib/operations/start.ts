import 'server-only';
import { bumpPulse } from './pulse';
import { lookForWork } from './runner';
import { insertOperation, type NewOperation } from './store';

/** Queues the work and returns its id at once. */
export async function startOperation(operation: NewOperation): Promise<string> {
  const id = await insertOperation(operation);
  bumpPulse();
  lookForWork();
  return id;
}
