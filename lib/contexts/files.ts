import 'server-only';
import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, realpathSync } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';

/** The real path of a context, as required by walkContext and openFile. */
export const contextRoot = (directory: string): Promise<string> => realpath(directory);

export const outside = (file: string) =>
  new AppError('conflict', `${file || 'The context'} was replaced by a symbolic link during the build.`, {
    hint: 'Build again while no other program changes the files.',
  });

/** The real path of an open file: from Linux, otherwise from its directory. */
const realPathOf = (fd: number, full: string): string =>
  process.platform === 'linux'
    ? readlinkSync(`/proc/self/fd/${fd}`)
    : path.join(realpathSync(path.dirname(full)), path.basename(full));

/** The full path of a file of a context; refuses one outside of it. */
function pathInside(root: string, file: string): string {
  const full = path.join(root, file);
  if (!full.startsWith(root + path.sep)) throw outside(file);
  return full;
}

const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The size of an open file in bytes; refuses anything but a regular file. */
function checkOpened(fd: number, full: string, file: string): number {
  const stats = fstatSync(fd);
  if (!stats.isFile() || realPathOf(fd, full) !== full) throw outside(file);
  return stats.size;
}

/**
 * The content of a small file of a context, or null for a larger one. Like `openFile`, and synchronous: three
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
    // It has grown: read it like a large one.
    return length > size ? null : content.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}

export interface OpenFile {
  handle: FileHandle;
  /** Bytes, when opened. */
  size: number;
}

/**
 * Opens a regular file of a context; refuses a link anywhere in its path, also one created concurrently. The checks
 * are synchronous: they do no disk access, and promises would cost more than reading a small file.
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
