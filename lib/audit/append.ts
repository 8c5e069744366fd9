import 'server-only';
import { AppError, storageErrorOf } from '@/lib/errors';
import { remember } from '@/lib/remember';
import type { NewAuditEntry } from './schema';
import { insertEntries } from './store';

/** Outcomes of commands that have run and whose entry could not be stored: stored with the next one. */
const unstored = () => remember('unstored-outcomes', () => ({ entries: [] as NewAuditEntry[] }));

async function append(entry: NewAuditEntry): Promise<number> {
  const waiting = unstored();
  const earlier = waiting.entries;
  waiting.entries = [];
  try {
    return await insertEntries([...earlier, entry]);
  } catch (error) {
    waiting.entries = [...earlier, ...waiting.entries];
    throw error;
  }
}

/** Stores the entry or throws: what it speaks of must not be done then. Returns its number. */
export async function appendAudit(entry: NewAuditEntry): Promise<number> {
  try {
    return await append(entry);
  } catch (error) {
    const message = 'The audit log cannot be written, so nothing was changed.';
    throw storageErrorOf(error) ?? new AppError('internal', message, { cause: error });
  }
}

/** Stores the outcome of a command that has run: it cannot be refused any more. Without a database, later. */
export async function appendOutcome(entry: NewAuditEntry): Promise<void> {
  try {
    await append(entry);
  } catch (error) {
    unstored().entries.push(entry);
    console.error(`The outcome of ${entry.command} (audit entry ${entry.askedSeq}) is stored later:`, error);
  }
}
