import 'server-only';
import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { contextRoot } from '@/lib/contexts/files';
import { walkContext } from '@/lib/contexts/walk';

/**
 * Up to this many files are synced individually; above, syncing the whole file system is faster (0.7 ms per file on
 * ext4).
 */
const maxSingleSyncs = 64;

/** Syncs a file, or the names in a directory, so that they survive a power failure. */
export async function syncPath(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

// Node has no syncfs(2); coreutils and busybox have a command.
const syncFileSystem = (directory: string): Promise<boolean> =>
  promisify(execFile)('sync', ['-f', directory]).then(
    () => true,
    () => false, // missing or another implementation: sync files individually
  );

/** Syncs a directory with everything in it. */
export async function syncTree(directory: string): Promise<void> {
  const found = [directory];
  for await (const entries of walkContext(await contextRoot(directory)))
    for (const { path: file, type } of entries)
      if (type !== 'symlink') found.push(path.join(directory, file));
  if (found.length > maxSingleSyncs && (await syncFileSystem(directory))) return;
  for (const file of found) await syncPath(file);
}
