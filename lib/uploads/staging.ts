import 'server-only';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { newId } from '@/lib/ids';
import { remember } from '@/lib/remember';
import { stagingDirectory } from './directories';

const inUse = () => remember('staging', () => new Set<string>());

// An unprivileged user cannot empty a directory without write permission.
async function makeWritable(directory: string): Promise<void> {
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { withFileTypes: true }))
    if (entry.isDirectory()) await makeWritable(path.join(directory, entry.name));
}

/** Removes a directory with everything in it, regardless of permissions. */
export async function removeTree(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    await makeWritable(directory);
    await rm(directory, { recursive: true, force: true });
  }
}

/** Runs work with a new directory, and removes the rest of it afterwards. */
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

/** Removes directories that a killed server left. */
export async function sweepStaging(): Promise<number> {
  const names = await readdir(stagingDirectory()).catch(() => []);
  const left = names.filter((name) => !inUse().has(name));
  for (const name of left) await removeTree(path.join(stagingDirectory(), name));
  return left.length;
}
