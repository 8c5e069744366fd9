import 'server-only';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { AppError, messageOf } from '@/lib/errors';
import type { Limits } from '@/lib/uploads/schema';
import type { ArchiveEntry } from './entry';
import { refuseArchive, refuseEntry, refuseLarge } from './refuse';

const [stored, deflated] = [0, 8];
/** Values of `versionMadeBy` with Unix modes: Unix and macOS (APPNOTE 4.4.2.2). */
const unixSystems = [3, 19];
const [typeMask, regular, directory, symlink] = [0o170000, 0o100000, 0o040000, 0o120000];
const localHeaderBytes = 30;
const entrySignature = 0x02014b50;

/** Errors of the library concern the archive; errors of the disk do not. */
function damaged(error: unknown): never {
  if ((error as NodeJS.ErrnoException).syscall) throw error;
  throw refuseArchive(`is damaged: ${messageOf(error)}`, error);
}

const unixMode = (entry: Entry): number | undefined =>
  unixSystems.includes(entry.versionMadeBy >> 8) ? entry.externalFileAttributes >>> 16 : undefined;

function entryName(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
}

function typeOf(entry: Entry, name: string): ArchiveEntry['type'] {
  const type = (unixMode(entry) ?? 0) & typeMask;
  if (name.endsWith('/') || type === directory) return 'directory';
  if (type === symlink) return 'symlink';
  if (type === 0 || type === regular) return 'file';
  throw refuseEntry(name, 'is a device, a FIFO or a socket');
}

/** Refuses overlapping entries, which the directory at the end of the file may list. */
function checkOverlap(zip: ZipFile, entries: { entry: Entry; name: string }[]) {
  const byPlace = entries.toSorted(
    (one, other) => one.entry.relativeOffsetOfLocalHeader - other.entry.relativeOffsetOfLocalHeader,
  );
  for (const [index, { entry, name }] of byPlace.entries()) {
    const end =
      entry.relativeOffsetOfLocalHeader + localHeaderBytes + entry.fileNameLength + entry.compressedSize;
    const next = byPlace[index + 1]?.entry.relativeOffsetOfLocalHeader ?? zip.fileSize;
    if (end > next) throw refuseEntry(name, 'overlaps another entry');
  }
}

function checkEntry(entry: Entry, name: string) {
  if (entry.isEncrypted()) throw refuseEntry(name, 'is encrypted');
  if (![stored, deflated].includes(entry.compressionMethod))
    throw refuseEntry(name, `uses an unknown compression method (${entry.compressionMethod})`);
}

async function* readContent(zip: ZipFile, entry: Entry, name: string) {
  let sum = 0;
  try {
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      sum = crc32(piece as Buffer, sum);
      yield piece as Buffer;
    }
  } catch (error) {
    throw error instanceof AppError ? error : refuseEntry(name, `cannot be read: ${messageOf(error)}`, error);
  }
  if (sum !== entry.crc32) throw refuseEntry(name, 'is damaged (wrong checksum)');
}

async function readTarget(zip: ZipFile, entry: Entry, name: string, longest: number): Promise<string> {
  if (entry.uncompressedSize > longest) throw refuseEntry(name, 'is a link with a target that is too long');
  const pieces: Buffer[] = [];
  for await (const piece of readContent(zip, entry, name)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** The end record has 16 bits for the number of entries: further ones in the directory would be hidden. */
async function checkCount(path: string, zip: ZipFile) {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, Number(zip.readEntryCursor));
    if (buffer.readUInt32LE(0) === entrySignature)
      throw refuseArchive('has more entries than its directory states');
  } finally {
    await file.close();
  }
}

async function listEntries(path: string, zip: ZipFile, limits: Limits) {
  if (zip.entryCount > limits.entries)
    throw refuseLarge(`has ${zip.entryCount} entries; at most ${limits.entries} are allowed`);
  const entries: { entry: Entry; name: string }[] = [];
  const listed = zip.eachEntry();
  for (;;) {
    const { done, value: entry } = await listed.next().catch(damaged);
    if (done) break;
    const name = entryName(entry);
    checkEntry(entry, name);
    entries.push({ entry, name });
  }
  await checkCount(path, zip);
  checkOverlap(zip, entries);
  return entries;
}

/** The entries of a zip archive, from its directory. */
export async function* readZip(path: string, limits: Limits): AsyncGenerator<ArchiveEntry, void, void> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch(damaged);
  try {
    for (const { entry, name } of await listEntries(path, zip, limits)) {
      const type = typeOf(entry, name);
      yield {
        name,
        type,
        mode: unixMode(entry),
        size: entry.uncompressedSize,
        target: type === 'symlink' ? await readTarget(zip, entry, name, limits.pathBytes) : '',
        content: () => readContent(zip, entry, name),
      };
    }
  } finally {
    zip.close();
  }
}
