import 'server-only';
import { constants } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { asDiskFullError } from '@/lib/uploads/disk-space';
import { limits as defaults, type Limits } from '@/lib/uploads/schema';
import { openBudget } from './budget';
import type { ArchiveEntry } from './entry';
import { findBadLink } from './links';
import { directoryMode } from './modes';
import { openArchive } from './open-archive';
import { entryPath } from './paths';
import { refuseEntry } from './refuse';
import type { ArchiveFormat } from './sniff';
import { openTree } from './tree';
import { openFileWriter } from './write-files';

export interface UnpackProgress {
  entries: number;
  /** Bytes read from the archive, and unpacked bytes. */
  read: number;
  unpacked: number;
}

export interface UnpackOptions {
  /** Strip a single top directory. */
  strip: boolean;
  /** Ignore the archive's file modes. */
  guessModes: boolean;
  signal: AbortSignal;
  limits?: Limits;
  /** Called repeatedly and awaited. */
  onProgress?: (progress: UnpackProgress) => Promise<void> | undefined;
}

export interface Unpacked extends UnpackProgress {
  /** The directory with the content: the given one, or the single directory in it. */
  root: string;
  stripped: string | null;
  format: ArchiveFormat;
  files: number;
  warnings: string[];
}

const maxWarnings = 50;
/** Metadata of macOS in zip files. */
const isMetadata = (parts: string[]) => parts[0] === '__MACOSX';

async function makeDirectory(directory: string) {
  await mkdir(directory);
  await chmod(directory, directoryMode); // regardless of the umask
}

/** Moves the content out of its single top directory, unless a link depends on that directory. */
function chooseRoot(tops: string[], isDirectory: boolean, links: Map<string, string>, strip: boolean) {
  const [top] = tops;
  if (strip && top !== undefined && tops.length === 1 && isDirectory) {
    const below = new Map([...links].map(([link, target]) => [link.slice(top.length + 1), target]));
    if (!findBadLink(below)) return { stripped: top, links: below };
  }
  const bad = findBadLink(links);
  if (bad) throw refuseEntry(bad.path, bad.why);
  return { stripped: null, links };
}

async function unpackInto(archive: string, directory: string, options: UnpackOptions): Promise<Unpacked> {
  const limits = options.limits ?? defaults;
  const warnings: string[] = [];
  const warn = (message: string) => {
    if (warnings.length < maxWarnings) warnings.push(message);
  };
  const budget = openBudget(directory, limits);
  const tree = openTree(warn, limits);
  const writer = openFileWriter();
  const links = new Map<string, string>();
  let entries = 0;
  let files = 0;
  let leftOut = 0;
  const at = (name: string) => path.join(directory, name);
  const report = () => options.onProgress?.({ entries, read: budget.read, unpacked: budget.unpacked });

  async function* watched(entry: ArchiveEntry) {
    for await (const piece of entry.content()) {
      options.signal.throwIfAborted();
      await report();
      yield piece;
    }
  }

  async function place(entry: ArchiveEntry, parts: string[]) {
    const name = parts.join('/');
    const type = entry.type === 'hardlink' ? 'file' : entry.type;
    const original = entry.type === 'hardlink' ? entryPath(entry.target, limits).join('/') : '';
    const isLink = type === 'symlink' || (original !== '' && tree.typeOf(original) === 'symlink');
    for (const made of tree.add(parts, isLink ? 'symlink' : type)) await makeDirectory(at(made));
    if (entry.type === 'directory') return;
    files += 1;
    if (entry.type === 'symlink') links.set(name, entry.target);
    else if (isLink) links.set(name, links.get(original)!);
    else if (entry.type === 'file')
      await writer.write(at(name), entry, watched(entry), options.guessModes ? undefined : entry.mode);
    else await copyOriginal(name, original);
  }

  /** A hard link becomes a separate file: changing one must not change the other. */
  async function copyOriginal(name: string, original: string) {
    await writer.finish();
    if (tree.typeOf(original) !== 'file' || original === name)
      throw refuseEntry(name, `is a hard link to “${original}”, which is not an earlier file of the archive`);
    await budget.countUnpacked((await lstat(at(original))).size);
    await copyFile(at(original), at(name), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  }

  const { format, entries: found } = await openArchive(archive, budget, limits, warn);
  try {
    for await (const entry of found) {
      options.signal.throwIfAborted();
      entries += 1;
      const parts = entryPath(entry.name, limits);
      if (format === 'zip' && isMetadata(parts)) leftOut += 1;
      else if (parts.length) await place(entry, parts);
      else if (entry.type !== 'directory') throw refuseEntry(entry.name, 'has no name');
      await report();
    }
  } finally {
    // Also after a failure: nothing may be written after the directory is removed.
    await writer.finish();
  }
  if (leftOut) warn('The macOS metadata in “__MACOSX” was skipped.');

  const tops = tree.tops();
  const isDirectory = tops.length === 1 && tree.typeOf(tops[0]!) === 'directory';
  const chosen = chooseRoot(tops, isDirectory, links, options.strip);
  const root = chosen.stripped === null ? directory : at(chosen.stripped);
  // Last, so that nothing is written through a link.
  for (const [link, target] of chosen.links) await symlink(target, path.join(root, link));
  await chmod(root, directoryMode);
  const { read, unpacked } = budget;
  return { root, stripped: chosen.stripped, format, entries, files, read, unpacked, warnings };
}

/** Unpacks an archive into a new, empty directory. Throws an AppError that names the refused entry. */
export async function unpackArchive(
  archive: string,
  directory: string,
  options: UnpackOptions,
): Promise<Unpacked> {
  try {
    return await unpackInto(archive, directory, options);
  } catch (error) {
    throw asDiskFullError(error);
  }
}
