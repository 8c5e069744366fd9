import 'server-only';
import { chmod, link, lstat, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { formatBytes } from '@/lib/format/bytes';
import { newId } from '@/lib/ids';
import { remember } from '@/lib/remember';
import { maxText, notThere, versionOf } from './files';
import { resolveInside } from './resolve-inside';
import { asRoomError, requireRoom } from './uploads/room';
import { removeTree } from './uploads/staging';

const running = () => remember('file-writes', () => new Map<string, Promise<unknown>>());

/** Work of one key, one after the other. */
async function serially<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = running().get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  const settled = mine.catch(() => undefined);
  running().set(key, settled);
  try {
    return await mine;
  } finally {
    if (running().get(key) === settled) running().delete(key);
  }
}

const changed = (file: string) =>
  new AppError('conflict', `“${file}” was changed by somebody else since you opened it.`, {
    hint: 'Your text is still here. Copy it, open the file again, and put the two together.',
  });

const alreadyThere = (file: string) => {
  const message = `There already is something called “${file}”.`;
  return new AppError('conflict', message, { fields: { path: message } });
};

async function makeParents(absolute: string) {
  try {
    await mkdir(path.dirname(absolute), { recursive: true });
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code !== 'EEXIST' &&
      (error as NodeJS.ErrnoException).code !== 'ENOTDIR'
    )
      throw error;
    throw new AppError('conflict', 'A directory of this path is a file.', { cause: error });
  }
}

/**
 * Writes a text whole or not at all. `version` is what the editor read, null for a file that must not be there yet:
 * two editors never overwrite each other silently. Returns the new version.
 */
export async function writeFile(
  root: string,
  file: string,
  text: string,
  version: string | null,
): Promise<{ version: string }> {
  const content = Buffer.from(text);
  if (content.length > maxText)
    throw new AppError('too_large', `A text of more than ${formatBytes(maxText)} cannot be saved here.`, {
      hint: 'Upload it as a file instead.',
    });
  // One after the other, so that the second of two who save at once sees that it is the second.
  return serially(path.join(root, file), () => save(root, file, content, version));
}

async function save(root: string, file: string, content: Buffer, version: string | null) {
  const { absolute, stats } = await resolveInside(root, file);
  if (stats && !stats.isFile()) throw alreadyThere(file);
  if (version === null ? stats : !stats || versionOf(stats) !== version)
    throw version === null ? alreadyThere(file) : changed(file);
  await requireRoom(root, content.length);
  await makeParents(absolute);
  const temporary = path.join(path.dirname(absolute), `.${newId()}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o644);
    try {
      await handle.writeFile(content);
      await handle.chmod(stats ? stats.mode & 0o777 : 0o644);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // link() fails where something is, rename() would replace it.
    if (version === null) await link(temporary, absolute);
    else await rename(temporary, absolute);
    return { version: versionOf(await lstat(absolute)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyThere(file);
    throw asRoomError(error);
  } finally {
    await rm(temporary, { force: true });
  }
}

export async function makeDirectory(root: string, directory: string): Promise<void> {
  const { absolute, stats } = await resolveInside(root, directory);
  if (stats || directory === '') throw alreadyThere(directory);
  await makeParents(absolute);
  await mkdir(absolute);
}

export async function renameFile(root: string, from: string, to: string): Promise<void> {
  if (from === to) return;
  const source = await resolveInside(root, from);
  if (!source.stats || from === '') throw notThere(from);
  const target = await resolveInside(root, to);
  const isSame = target.stats?.ino === source.stats.ino && from.toLowerCase() === to.toLowerCase();
  if (to === '' || (target.stats && !isSame)) throw alreadyThere(to);
  if (to.startsWith(`${from}/`)) {
    const message = 'A directory cannot be moved into itself.';
    throw new AppError('invalid_input', message, { fields: { path: message } });
  }
  await makeParents(target.absolute);
  await rename(source.absolute, target.absolute);
}

export async function setExecutable(root: string, file: string, executable: boolean): Promise<void> {
  const { absolute, stats } = await resolveInside(root, file);
  if (!stats?.isFile()) throw notThere(file);
  await chmod(absolute, executable ? 0o755 : 0o644);
}

/** A file, a link (never what it leads to), or a directory with everything in it. */
export async function deleteFile(root: string, file: string): Promise<void> {
  const { absolute, stats } = await resolveInside(root, file);
  if (!stats || file === '') throw notThere(file);
  if (stats.isDirectory()) await removeTree(absolute);
  else await unlink(absolute);
}
