import 'server-only';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { readDataDisk } from './data-disk';
import { reserveFile } from './files';

const MB = 1_000_000;
/** For pages of the database's own log (4 MB), which can be due to move into the database; of a small disk less. */
const size = { bytes: 8 * MB, share: 0.25 };

/** For an entry of the audit log, an operation with its log, and the database's own log. */
const neededBytes = 2 * MB;

/**
 * Keeps a file whose space is used when the disk is full: to store that work is stopped, or space freed. Written only
 * while the disk has room for it.
 */
export async function keepReserve(): Promise<void> {
  if (existsSync(reserveFile())) return;
  const { totalBytes, freeBytes, reserveBytes } = await readDataDisk();
  const bytes = Math.floor(Math.min(size.bytes, totalBytes * size.share));
  if (freeBytes < reserveBytes + bytes) return;
  const unfinished = `${reserveFile()}.new`;
  try {
    // Random: a file system that compresses or leaves out zeros would keep no space for them.
    await writeFile(unfinished, randomBytes(bytes), { mode: 0o600, flush: true });
    await rename(unfinished, reserveFile());
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Gives the space back; false if there was none left. */
export function releaseReserve(): boolean {
  if (!existsSync(reserveFile())) return false;
  rmSync(reserveFile());
  return true;
}

/** Gives the space back if the disk has too little for what is to be stored. */
export async function releaseReserveIfNeeded(): Promise<void> {
  if ((await readDataDisk()).freeBytes < neededBytes) releaseReserve();
}
