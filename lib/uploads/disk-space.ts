import 'server-only';
import { statfs } from 'node:fs/promises';
import { AppError } from '@/lib/errors';
import { formatBytes } from '@/lib/format/bytes';
import { limits } from './schema';

/** Bytes that an unprivileged process can write on a directory's file system. */
async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

const full = (free: number, cause?: unknown) =>
  new AppError('storage_full', `Not enough disk space on the server: ${formatBytes(free)} free.`, {
    hint: 'Delete images, builds or projects that are no longer needed, then try again.',
    cause,
  });

/** Throws if the disk has no space for this many bytes plus the reserve. */
export async function requireDiskSpace(directory: string, bytes: number): Promise<void> {
  const free = await freeBytes(directory);
  if (free < bytes + limits.reserveBytes) throw full(free);
}

/** The same error after ENOSPC. */
export const asDiskFullError = (error: unknown): unknown =>
  error instanceof Error && ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
    ? full(0, error)
    : error;

const checkEveryBytes = 64 * 1024 * 1024;

/** Checks the disk at the first and every further 64 MiB; called with the length of each piece. */
export function watchDiskSpace(directory: string): (bytes: number) => Promise<void> {
  let unchecked = checkEveryBytes;
  return async (bytes) => {
    unchecked += bytes;
    if (unchecked < checkEveryBytes) return;
    await requireDiskSpace(directory, unchecked);
    unchecked = 0;
  };
}
