import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { storageErrorOf } from '@/lib/errors';

const patienceMs = 250;

/** For what a page writes while it reads: it can be read also while the disk is full, or the database locked. */
export async function tryToStore(write: Promise<unknown>): Promise<void> {
  try {
    await Promise.race([write, sleep(patienceMs)]);
  } catch (error) {
    if (!storageErrorOf(error)) throw error;
  }
}
