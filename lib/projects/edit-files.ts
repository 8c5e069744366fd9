import 'server-only';
import { existsSync } from 'node:fs';
import { chmod, link, lstat, open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { formatBytes } from '@/lib/format/bytes';
import { makeDirectories, makeDirectory as createDirectory } from './default-modes';
import { maxTextBytes, notThere, versionOf } from './files';
import { resolveInside } from './resolve-inside';
import { syncPath } from './sync';
import { inTurn } from './turns';
import { asDiskFullError, requireDiskSpace } from '@/lib/uploads/disk-space';
import { withStaging } from '@/lib/uploads/staging';

const changed = (file: string) =>
  new AppError('conflict', `“${file}” was changed by another user since you opened it.`, {
    hint: 'Your text is kept here. Copy it, reopen the file, and merge both versions.',
  });

const alreadyThere = (file: string) => {
  const message = `“${file}” already exists.`;
  return new AppError('conflict', message, { fields: { path: message } });
};

/** Does not create the project's own directory: if it is missing, its files may be elsewhere and be restored. */
async function makeParents(root: string, absolute: string) {
  if (!existsSync(root)) throw notThere('/');
  try {
    await makeDirectories(path.dirname(absolute));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
    throw new AppError('conflict', 'A parent directory in this path is a file.', { cause: error });
  }
}

/**
 * Writes a text atomically. `version`: the version that the editor read, null for a new file; prevents editors from
 * overwriting each other's changes. Returns the new version.
 */
export async function writeFile(
  root: string,
  file: string,
  text: string,
  version: string | null,
): Promise<{ version: string }> {
  const content = Buffer.from(text);
  if (content.length > maxTextBytes)
    throw new AppError('too_large', `Text larger than ${formatBytes(maxTextBytes)} cannot be saved here.`, {
      hint: 'Upload it as a file instead.',
    });
  // Sequential, so that the second of two concurrent writes fails.
  return inTurn(root, () => save(root, file, content, version));
}

async function writeSynced(file: string, content: Buffer, mode: number) {
  const handle = await open(file, 'wx', 0o644);
  try {
    await handle.writeFile(content);
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function save(root: string, file: string, content: Buffer, version: string | null) {
  const { absolute, stats } = await resolveInside(root, file);
  if (stats && !stats.isFile()) throw alreadyThere(file);
  if (version === null ? stats : !stats || versionOf(stats) !== version)
    throw version === null ? alreadyThere(file) : changed(file);
  await requireDiskSpace(path.dirname(root), content.length);
  await makeParents(root, absolute);
  try {
    // Outside of the project, so that no build sends what a crash leaves.
    await withStaging(async (staging) => {
      const fresh = path.join(staging, 'file');
      await writeSynced(fresh, content, stats ? stats.mode & 0o777 : 0o644);
      // link() fails if the target exists, rename() would replace it.
      await (version === null ? link(fresh, absolute) : rename(fresh, absolute));
      await syncPath(path.dirname(absolute));
    });
    return { version: versionOf(await lstat(absolute)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyThere(file);
    throw asDiskFullError(error);
  }
}

export const makeDirectory = (root: string, directory: string): Promise<void> =>
  inTurn(root, async () => {
    const { absolute, stats } = await resolveInside(root, directory);
    if (stats || directory === '') throw alreadyThere(directory);
    await makeParents(root, absolute);
    await createDirectory(absolute);
  });

export async function renameFile(root: string, from: string, to: string): Promise<void> {
  if (from !== to) await inTurn(root, () => move(root, from, to));
}

async function move(root: string, from: string, to: string) {
  const source = await resolveInside(root, from);
  if (!source.stats || from === '') throw notThere(from);
  const target = await resolveInside(root, to);
  const isSame = target.stats?.ino === source.stats.ino && from.toLowerCase() === to.toLowerCase();
  if (to === '' || (target.stats && !isSame)) throw alreadyThere(to);
  if (to.startsWith(`${from}/`)) {
    const message = 'A directory cannot be moved into itself.';
    throw new AppError('invalid_input', message, { fields: { path: message } });
  }
  await makeParents(root, target.absolute);
  await rename(source.absolute, target.absolute);
}

export const setExecutable = (root: string, file: string, executable: boolean): Promise<void> =>
  inTurn(root, async () => {
    const { absolute, stats } = await resolveInside(root, file);
    if (!stats?.isFile()) throw notThere(file);
    await chmod(absolute, executable ? 0o755 : 0o644);
  });

/** Deletes a file, a link (not its target) or a directory with everything in it, atomically, also in a crash. */
export const deleteFile = (root: string, file: string): Promise<void> =>
  inTurn(root, async () => {
    const { absolute, stats } = await resolveInside(root, file);
    if (!stats || file === '') throw notThere(file);
    if (!stats.isDirectory()) return unlink(absolute);
    await chmod(absolute, 0o700); // a directory without write permission cannot be moved
    await withStaging((staging) => rename(absolute, path.join(staging, 'deleted')));
  });
