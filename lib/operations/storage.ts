import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AppError, storageErrorOf } from '@/lib/errors';
import { remember } from '@/lib/remember';
import { bumpPulse } from './pulse';
import type { StorageStatus } from './schema';

const firstRetryMs = 250;
const slowestRetryMs = 5000;

const ready: StorageStatus = { state: 'ready', message: '', hint: '' };

const kept = () => remember('storage-status', () => ({ status: ready }));

/** Whether what happens can be stored, as of the last attempt. */
export const storageStatus = (): StorageStatus => kept().status;

function setStorage(status: StorageStatus) {
  const changed = kept().status.message !== status.message;
  kept().status = status;
  if (changed) bumpPulse();
}

const statusOf = ({ code, message, hint = '' }: AppError): StorageStatus => ({
  state: code === 'storage_full' ? 'full' : code === 'storage_busy' ? 'busy' : 'failed',
  message,
  hint,
});

/** Reads or writes the database; while its disk is full or it is locked, tries again, and pages are told. */
export async function untilStored<T>(work: () => Promise<T>): Promise<T> {
  for (let pauseMs = firstRetryMs; ; pauseMs = Math.min(pauseMs * 2, slowestRetryMs)) {
    try {
      const result = await work();
      setStorage(ready);
      return result;
    } catch (error) {
      const trouble = storageErrorOf(error);
      if (!trouble) throw error;
      if (storageStatus().state === 'ready') console.error(`Nothing can be stored: ${trouble.message}`);
      setStorage(statusOf(trouble));
      await sleep(pauseMs);
    }
  }
}
