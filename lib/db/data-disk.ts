import 'server-only';
import { statfs } from 'node:fs/promises';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { formatBytes } from '@/lib/format/bytes';

const MB = 1_000_000;
/** Kept for what runs already: its log, its end, the database's own log. Of a small disk less. */
const reserve = { bytes: 256 * MB, share: 0.05 };
/** From here on pages warn. */
const warning = { bytes: 2000 * MB, share: 0.1 };

export interface DataDisk {
  totalBytes: number;
  /** What an unprivileged process may still write. */
  freeBytes: number;
  /** Below this, no new work is started. */
  reserveBytes: number;
  warnBelowBytes: number;
}

/** The disk of the data directory. */
export async function readDataDisk(): Promise<DataDisk> {
  const { blocks, bavail, bsize } = await statfs(env().dataDirectory);
  const totalBytes = blocks * bsize;
  const part = ({ bytes, share }: typeof reserve) => Math.min(bytes, totalBytes * share);
  return {
    totalBytes,
    freeBytes: bavail * bsize,
    reserveBytes: part(reserve),
    warnBelowBytes: part(warning),
  };
}

/** Throws where the disk could not take this many bytes and keep its reserve. */
export async function requireDataSpace(bytes = 0): Promise<void> {
  const { freeBytes, reserveBytes } = await readDataDisk();
  if (freeBytes >= reserveBytes + bytes) return;
  throw new AppError(
    'storage_full',
    `The server’s disk is almost full: ${formatBytes(freeBytes)} free, ${formatBytes(reserveBytes + bytes)} needed.`,
    { hint: 'Free disk space on the server, then try again.' },
  );
}
