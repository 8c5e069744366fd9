import 'server-only';
import { constants, type Stats } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { resolveInside } from './resolve-inside';
import type { FileContent, FileEntry } from './schema';

/** Larger texts are not shown or edited, only downloaded. */
export const maxTextBytes = 1024 * 1024;
/** Entries listed per directory. */
const maxListed = 5000;

export const projectsDirectory = () => path.join(env().dataDirectory, 'projects');
export const projectDirectory = ({ folder }: { folder: string }) => path.join(projectsDirectory(), folder);

export const notThere = (file: string) => new AppError('not_found', `“${file}” is not in this project.`);

/** Changes with every write, even with the same size in the same millisecond: each write creates a new inode. */
export const versionOf = ({ ino, mtimeMs, size }: Stats) => `${ino}-${mtimeMs}-${size}`;

const typeOf = (stats: Stats): FileEntry['type'] =>
  stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'symlink' : 'file';

async function describe(directory: string, name: string): Promise<FileEntry | null> {
  const absolute = path.join(directory, name);
  const stats = await lstat(absolute).catch(() => null);
  if (!stats || !(stats.isFile() || stats.isDirectory() || stats.isSymbolicLink())) return null;
  const type = typeOf(stats);
  return {
    name,
    type,
    size: type === 'file' ? stats.size : 0,
    modified: Math.floor(stats.mtimeMs),
    executable: type === 'file' && (stats.mode & 0o111) !== 0,
    target: type === 'symlink' ? await readlink(absolute) : undefined,
  };
}

/** Directories first, then in natural order of names. */
const inOrder = (one: FileEntry, other: FileEntry) =>
  Number(other.type === 'directory') - Number(one.type === 'directory') ||
  one.name.localeCompare(other.name, 'en', { numeric: true });

export async function listFiles(
  root: string,
  directory: string,
): Promise<{ entries: FileEntry[]; more: number }> {
  const { absolute, stats } = await resolveInside(root, directory);
  if (!stats) throw notThere(directory || '/');
  if (!stats.isDirectory()) throw new AppError('invalid_input', `“${directory}” is not a directory.`);
  const names = await readdir(absolute);
  const entries = await Promise.all(names.slice(0, maxListed).map((name) => describe(absolute, name)));
  return {
    entries: entries.filter((entry) => entry !== null).toSorted(inOrder),
    more: Math.max(0, names.length - maxListed),
  };
}

/** O_NOFOLLOW refuses a link created concurrently; O_NONBLOCK prevents a FIFO from blocking. */
const openPlain = (absolute: string) =>
  open(absolute, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);

function asText(content: Buffer): string | null {
  if (content.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null; // not UTF-8: binary
  }
}

export async function readFile(root: string, file: string): Promise<FileContent> {
  const { absolute, stats } = await resolveInside(root, file);
  if (!stats) throw notThere(file);
  const base = {
    path: file,
    size: stats.size,
    modified: Math.floor(stats.mtimeMs),
    version: versionOf(stats),
  };
  if (stats.isDirectory()) return { ...base, kind: 'directory' };
  if (stats.isSymbolicLink()) return { ...base, kind: 'symlink', target: await readlink(absolute) };
  if (!stats.isFile()) throw new AppError('invalid_input', `“${file}” is not a file.`);
  const executable = (stats.mode & 0o111) !== 0;
  if (stats.size > maxTextBytes) return { ...base, kind: 'large', executable };
  const handle = await openPlain(absolute);
  try {
    const text = asText(await handle.readFile());
    return text === null
      ? { ...base, kind: 'binary', executable }
      : { ...base, kind: 'text', text, executable };
  } finally {
    await handle.close();
  }
}

/** A stream of a file's bytes, for a download. */
export async function openForDownload(root: string, file: string) {
  const { absolute, stats } = await resolveInside(root, file);
  if (!stats?.isFile()) throw notThere(file);
  const handle = await openPlain(absolute);
  return { size: (await handle.stat()).size, stream: handle.createReadStream() };
}
