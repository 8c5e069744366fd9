import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { storeWaitingOutcomes } from '@/lib/audit/append';
import { readDataDisk } from '@/lib/db/data-disk';
import { keepReserve } from '@/lib/db/reserve';
import { type AppError, messageOf, storageErrorOf } from '@/lib/errors';
import { formatBytes } from '@/lib/format/bytes';
import { remember } from '@/lib/remember';
import { bumpPulse } from './pulse';
import type { StorageStatus } from './schema';

const firstRetryMs = 250;
const slowestRetryMs = 5000;
const lookEveryMs = 15_000;

type Finding = Omit<StorageStatus, 'since'>;

const ready: Finding = { state: 'ready', message: '', hint: '' };

/** What the last attempt to store said, and what the disk says. */
const kept = () => remember('storage-status', () => ({ attempt: ready, disk: ready, since: Date.now() }));

/** Whether what happens can be stored. */
export function storageStatus(): StorageStatus {
  const { attempt, disk, since } = kept();
  return { ...(attempt.state === 'ready' ? disk : attempt), since };
}

function setStorage(change: { attempt: Finding } | { disk: Finding }) {
  const before = storageStatus().state;
  Object.assign(kept(), change);
  if (storageStatus().state === before) return;
  kept().since = Date.now();
  bumpPulse();
}

const hint = 'Free disk space on the server.';
const fullHint = `${hint} Cancelling work and cleaning up is still possible.`;

/** Looks at the disk of the data directory; with room, stores what has waited for it. */
export async function lookAtDataDisk(): Promise<void> {
  const { freeBytes, reserveBytes, warnBelowBytes } = await readDataDisk();
  const lessThan = (bytes: number) =>
    `Less than ${formatBytes(bytes)} is free on the disk of the data directory.`;
  const disk: Finding =
    freeBytes < reserveBytes
      ? { state: 'reserve', message: lessThan(reserveBytes), hint: fullHint }
      : freeBytes < warnBelowBytes
        ? { state: 'low', message: lessThan(warnBelowBytes), hint }
        : ready;
  setStorage({ disk });
  if (disk.state !== 'reserve') await keepReserve();
  try {
    await storeWaitingOutcomes();
  } catch (error) {
    if (!storageErrorOf(error)) throw error; // they wait on
  }
}

export function watchDataDisk(): void {
  const look = () =>
    lookAtDataDisk().catch((error: unknown) =>
      console.error(`The disk of the data directory cannot be read: ${messageOf(error)}`),
    );
  void look();
  setInterval(() => void look(), lookEveryMs).unref();
}

const statusOf = ({ code, message, hint: own = '' }: AppError): Finding => ({
  state: code === 'storage_full' ? 'full' : code === 'storage_busy' ? 'busy' : 'failed',
  message,
  hint: code === 'storage_full' ? fullHint : own,
});

/** Reads or writes the database; while its disk is full or it is locked, tries again, and pages are told. */
export async function untilStored<T>(work: () => Promise<T>): Promise<T> {
  for (let pauseMs = firstRetryMs; ; pauseMs = Math.min(pauseMs * 2, slowestRetryMs)) {
    try {
      const result = await work();
      setStorage({ attempt: ready });
      return result;
    } catch (error) {
      const trouble = storageErrorOf(error);
      if (!trouble) throw error;
      if (kept().attempt.state === 'ready') console.error(`Nothing can be stored: ${trouble.message}`);
      setStorage({ attempt: statusOf(trouble) });
      await sleep(pauseMs);
    }
  }
}
