import 'server-only';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Limits } from '@/lib/uploads/schema';
import type { Budget } from './budget';
import type { ArchiveEntry, Warn } from './entry';
import { readTar } from './read-tar';
import { readZip } from './read-zip';
import { refuseArchive } from './refuse';
import { packingBytes } from '@/lib/tar/packing';
import { type ArchiveFormat, sniffArchive } from './sniff';
import { unzstd } from './zstd';

const pieceBytes = 256 * 1024;

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(packingBytes), 0, packingBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const unzip = createGunzip({ chunkSize: pieceBytes });
  pipeline(source, unzip, () => {}); // its errors are thrown by the iteration below
  try {
    yield* unzip as AsyncIterable<Buffer>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw refuseArchive('is cut off: its gzip stream does not end', error);
    if (code?.startsWith('Z_')) throw refuseArchive('is damaged: its gzip stream cannot be read', error);
    throw error;
  }
}

async function* counted(source: AsyncIterable<Uint8Array>, count: (bytes: number) => Promise<void> | void) {
  for await (const piece of source) {
    await count(piece.length);
    yield piece;
  }
}

function unpacked(source: AsyncIterable<Uint8Array>, format: ArchiveFormat): AsyncIterable<Uint8Array> {
  if (format === 'tar.gz') return gunzip(source);
  if (format === 'tar.zst') return unzstd(source);
  return source;
}

async function* readTarFile(path: string, format: ArchiveFormat, budget: Budget, warn: Warn) {
  const file = createReadStream(path, { highWaterMark: pieceBytes }) as AsyncIterable<Buffer>;
  const source = counted(file, (bytes) => budget.countRead(bytes));
  yield* readTar(
    counted(unpacked(source, format), (bytes) => budget.countUnpacked(bytes)),
    warn,
  );
}

async function* readZipFile(path: string, budget: Budget, limits: Limits) {
  budget.countRead((await stat(path)).size);
  for await (const entry of readZip(path, limits))
    yield { ...entry, content: () => counted(entry.content(), (bytes) => budget.countUnpacked(bytes)) };
}

/** Opens an archive; its format is detected by content. Counts the bytes read. */
export async function openArchive(
  path: string,
  budget: Budget,
  limits: Limits,
  warn: Warn,
): Promise<{ format: ArchiveFormat; entries: AsyncIterable<ArchiveEntry> }> {
  const found = sniffArchive(await readStart(path));
  if ('reason' in found) throw refuseArchive(found.reason);
  const { format } = found;
  const entries =
    format === 'zip' ? readZipFile(path, budget, limits) : readTarFile(path, format, budget, warn);
  return { format, entries };
}
