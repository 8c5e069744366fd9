import 'server-only';
import { getEngine } from '@/lib/engine/engines';
import { asAppError, messageOf } from '@/lib/errors';
import type { OperationId } from '@/lib/ids';
import { endNow } from './end-now';
import { appendEvents, type Ending } from './event-store';
import { readJournal, removeJournals } from './journal';
import { getKind } from './kinds';
import { loadState } from './load-state';
import { lineRanges } from './ranges';
import { runner } from './runner';
import type { OperationSummary } from './schema';
import { untilStored } from './storage';
import { findValues, listOrphans } from './store';

const ended = (errorMessage: string): Ending => ({
  status: 'interrupted',
  result: undefined,
  errorCode: 'interrupted',
  errorMessage,
});
const interrupted = 'Interrupted: the server stopped while this ran.';
const kept = 'Everything it had said until then is kept.';

async function outcomeOf({ id, kind, engineId }: OperationSummary): Promise<Ending> {
  try {
    const values = await findValues(id);
    const found = await getKind(kind).recover?.(getEngine(engineId), id, values?.input);
    if (!found) return ended(`${interrupted} ${kept}`);
    return {
      status: found.succeeded ? 'succeeded' : 'interrupted',
      result: found.result,
      errorCode: found.succeeded ? null : 'interrupted',
      errorMessage: found.message,
    };
  } catch (error) {
    console.error(`The outcome of operation ${id} is unknown: ${messageOf(error)}`);
    return ended(`${interrupted} Its outcome is unknown: ${asAppError(error).message} ${kept}`);
  }
}

/** Stores what followers of a dead process were told before the database had it. */
async function storeJournal(id: OperationId): Promise<void> {
  const state = await loadState(id);
  const events = readJournal(id, state.seq);
  if (!events.length) return;
  const ranges = lineRanges(state, events);
  await untilStored(() => appendEvents({ operationId: id, events, ranges }));
}

/** At start-up: what a dead process left running is told so. Returns how many there were. */
export async function recoverOperations(): Promise<number> {
  const orphans = await listOrphans(runner().id);
  for (const orphan of orphans) {
    await storeJournal(orphan.id);
    await endNow(orphan.id, await outcomeOf(orphan));
  }
  removeJournals();
  return orphans.length;
}
