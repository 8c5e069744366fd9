import 'server-only';
import { releaseReserve, releaseReserveIfNeeded } from '@/lib/db/reserve';
import { AppError, storageErrorOf } from '@/lib/errors';
import { remember } from '@/lib/remember';
import type { NewAuditEntry } from './schema';
import { insertEntries } from './store';

/** Outcomes of commands that have run and whose entry could not be stored: stored as soon as they can be. */
const unstored = () => remember('unstored-outcomes', () => ({ entries: [] as NewAuditEntry[] }));

/** How many outcomes wait to be stored. */
export const waitingOutcomes = (): number => unstored().entries.length;

async function append(entries: readonly NewAuditEntry[]): Promise<number> {
  const waiting = unstored();
  const earlier = waiting.entries;
  waiting.entries = [];
  try {
    return await insertEntries([...earlier, ...entries]);
  } catch (error) {
    waiting.entries = [...earlier, ...waiting.entries];
    throw error;
  }
}

/** On a full disk, once more with the space that is kept for it, if `useReserve`. */
async function appendWithReserve(entry: NewAuditEntry, useReserve: boolean): Promise<number> {
  if (useReserve) await releaseReserveIfNeeded();
  try {
    return await append([entry]);
  } catch (error) {
    if (!useReserve || storageErrorOf(error)?.code !== 'storage_full' || !releaseReserve()) throw error;
    return append([entry]);
  }
}

/** Stores the entry or throws: what it speaks of must not be done then. Returns its number. */
export async function appendAudit(entry: NewAuditEntry, { useReserve = false } = {}): Promise<number> {
  try {
    return await appendWithReserve(entry, useReserve);
  } catch (error) {
    const message = 'The audit log cannot be written, so nothing was changed.';
    throw storageErrorOf(error) ?? new AppError('internal', message, { cause: error });
  }
}

/** Stores the outcome of a command that has run: it cannot be refused any more. Without a database, later. */
export async function appendOutcome(entry: NewAuditEntry): Promise<void> {
  try {
    await append([entry]);
  } catch (error) {
    unstored().entries.push(entry);
    console.error(`The outcome of ${entry.command} (audit entry ${entry.askedSeq}) is stored later:`, error);
  }
}

/** Stores the outcomes that wait. */
export async function storeWaitingOutcomes(): Promise<void> {
  if (waitingOutcomes() > 0) await append([]);
}
