import 'server-only';
import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, realpathSync } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';

/** The real path of a context: what walkContext and openFile start from. */
export const contextRoot = (directory: string): Promise<string> => realpath(directory);

export const outside = (file: string) =>
  new AppError('conflict', `${file || 'The context'} was replaced by a symbolic link during the build.`, {
    hint: 'Build again while no other program changes the files.',
  });

/** Where an open file really is; Linux knows, elsewhere its folder is asked. */
const realPathOf = (fd: number, full: string): string =>
  process.platform === 'linux'
    ? readlinkSync(`/proc/self/fd/${fd}`)
    : path.join(realpathSync(path.dirname(full)), path.basename(full));

/** The whole path of a file of a context; one that leads out of it is refused. */
function pathInside(root: string, file: string): string {
  const full = path.join(root, file);
  if (!full.startsWith(root + path.sep)) throw outside(file);
  return full;
}

const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The size of an open file in bytes; refused when it is not the regular file that was asked for. */
function checkOpened(fd: number, full: string, file: string): number {
  const stats = fstatSync(fd);
  if (!stats.isFile() || realPathOf(fd, full) !== full) throw outside(file);
  return stats.size;
}

/**
 * The whole of a small file of a context, and null for a larger one. As `openFile`, and all of it synchronous: three
 * promises for each of 20,000 files take longer than the files.
 */
export function readSmallFile(root: string, file: string, maxBytes = 64 * 1024): Buffer | null {
  const full = pathInside(root, file);
  const fd = openSync(full, flags);
  try {
    const size = checkOpened(fd, full, file);
    if (size > maxBytes) return null;
    const content = Buffer.allocUnsafe(size + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < content.length; length += read)
      read = readSync(fd, content, length, content.length - length, null);
    // It has grown in this moment: read as a large one, to its end.
    return length > size ? null : content.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}

export interface OpenFile {
  handle: FileHandle;
  /** Bytes, when it was opened. */
  size: number;
}

/**
 * Opens a regular file of a context; a link anywhere in its path is refused, also one put there in this moment. The
 * checks are synchronous: they touch no disk, and as promises they cost more than the reading of a small file.
 */
export async function openFile(root: string, file: string): Promise<OpenFile> {
  const full = pathInside(root, file);
  const handle = await open(full, flags);
  try {
    return { handle, size: checkOpened(handle.fd, full, file) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
