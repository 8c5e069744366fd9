import 'server-only';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { newId } from '@/lib/ids';
import { remember } from '@/lib/remember';
import { stagingDirectory } from './directories';

const inUse = () => remember('staging', () => new Set<string>());

// A directory without write permission cannot be emptied by an ordinary user.
async function makeWritable(directory: string): Promise<void> {
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { withFileTypes: true }))
    if (entry.isDirectory()) await makeWritable(path.join(directory, entry.name));
}

/** Removes a directory with everything in it, whatever its modes. */
export async function removeTree(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    await makeWritable(directory);
    await rm(directory, { recursive: true, force: true });
  }
}

/** Gives the work a fresh directory, and removes what the work leaves in it, however the work ends. */
export async function withStaging<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const name = newId();
  const directory = path.join(stagingDirectory(), name);
  inUse().add(name);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return await work(directory);
  } finally {
    await removeTree(directory);
    inUse().delete(name);
  }
}

/** Removes what a killed server left. */
export async function sweepStaging(): Promise<number> {
  const names = await readdir(stagingDirectory()).catch(() => []);
  const left = names.filter((name) => !inUse().has(name));
  for (const name of left) await removeTree(path.join(stagingDirectory(), name));
  return left.length;
}
