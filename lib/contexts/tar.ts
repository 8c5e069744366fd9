import 'server-only';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { pack, type Header, type Pack } from 'tar-stream';
import { AppError, messageOf } from '@/lib/errors';
import type { BuildContext } from './context';
import { contextRoot, openFile, type OpenFile } from './files';
import type { DockerfileContent } from './read-dockerfile';
import { type ContextEntry, walkContext, type WalkOptions } from './walk';

/** What was sent so far, and errors of our own files. */
export interface SentBytes {
  bytes: number;
  error: AppError | null;
}

/**
 * A tar starts with the name of its first entry, and engines detect compression by the first bytes: with a name that
 * starts like bzip2, they would try to decompress it. No path starts with the bytes of the other formats.
 */
const entryName = (path: string) => (path.startsWith('BZh') ? `./${path}` : path);

function headerOf(entry: ContextEntry): EntryHeader {
  return {
    name: entryName(entry.path),
    mode: entry.mode & 0o7777,
    mtime: new Date(Number(entry.modified / 1_000_000n)),
    uid: 0,
    gid: 0,
  };
}

type EntryHeader = Partial<Header> & Pick<Header, 'name'>;

interface GivenFile extends DockerfileContent {
  /** The name that it is asked for by; a link, if it is not the path. */
  name: string;
}

interface Packing {
  tar: Pack;
  /** Sent in place of what is on the disk. */
  given?: GivenFile;
  sent: SentBytes;
  /** Aborted when the reader has closed the tar. */
  gone: AbortSignal;
}

/** Most files are smaller and are read at once. */
const chunkBytes = 256 * 1024;

/** Adds an entry with its content, and waits until the tar accepts more. */
const addWhole = (tar: Pack, header: EntryHeader, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    tar.entry(header, bytes, (error) => (error ? reject(error) : resolve()));
  });

async function readExactly(handle: FileHandle, length: number, file: string): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await handle.read(bytes, at, length - at, null);
    if (bytesRead === 0) throw new Error(`${file} became shorter`);
    at += bytesRead;
  }
  return bytes;
}

async function addLarge(
  { tar, sent, gone }: Packing,
  header: EntryHeader,
  { handle, size }: OpenFile,
): Promise<void> {
  const sink = tar.entry({ ...header, size });
  for (let left = size; left > 0; left -= chunkBytes) {
    const bytes = await readExactly(handle, Math.min(chunkBytes, left), header.name);
    sent.bytes += bytes.length;
    if (!sink.write(bytes)) await once(sink, 'drain', { signal: gone });
  }
  sink.end(null);
  await once(sink, 'finish', { signal: gone });
}

/** The size precedes the content: exactly as many bytes are read, even if the file changes meanwhile. */
async function addFile(packing: Packing, root: string, entry: ContextEntry): Promise<void> {
  const { tar, sent } = packing;
  const file = await openFile(root, entry.path);
  const header: EntryHeader = { ...headerOf(entry), type: 'file' };
  try {
    if (file.size > chunkBytes) return await addLarge(packing, header, file);
    const bytes = await readExactly(file.handle, file.size, entry.path);
    sent.bytes += bytes.length;
    await addWhole(tar, header, bytes);
  } finally {
    await file.handle.close();
  }
}

/** The entry as it is given, if it is: its bytes, or a link to them. */
async function addGiven({ tar, sent, given }: Packing, entry: ContextEntry): Promise<boolean> {
  if (!given) return false;
  const { path, bytes, name } = given;
  if (entry.type === 'file' && entry.path === path) {
    sent.bytes += bytes.length;
    await addWhole(tar, { ...headerOf(entry), type: 'file' }, bytes);
    return true;
  }
  if (entry.type !== 'symlink' || entry.path !== name) return false;
  tar.entry({ ...headerOf(entry), type: 'symlink', linkname: posix.relative(posix.dirname(name), path) });
  return true;
}

async function addAll(packing: Packing, root: string, options: WalkOptions) {
  const { tar, gone } = packing;
  for await (const entries of walkContext(root, options))
    for (const entry of entries) {
      if (gone.aborted) return;
      if (await addGiven(packing, entry)) continue;
      if (entry.type === 'file') await addFile(packing, root, entry);
      else if (entry.type === 'symlink')
        tar.entry({ ...headerOf(entry), type: 'symlink', linkname: entry.linkname });
      else tar.entry({ ...headerOf(entry), type: 'directory' });
    }
  tar.finalize();
}

const unreadableContext = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError('build_failed', `The build context cannot be read: ${messageOf(error)}.`, {
        cause: error,
      });

/** A tar that is created while it is read. */
function packFiles(
  root: string,
  options: WalkOptions,
  given?: GivenFile,
): { tar: Readable; sent: SentBytes } {
  const sent: SentBytes = { bytes: 0, error: null };
  const tar = pack();
  const closed = new AbortController();
  tar.on('close', () => closed.abort());
  tar.on('error', () => {}); // recorded in `sent`; the request is aborted
  addAll({ tar, sent, given, gone: closed.signal }, root, options).catch((error: unknown) => {
    if (closed.signal.aborted) return; // the reader has gone
    sent.error = unreadableContext(error);
    tar.destroy(sent.error);
  });
  return { tar: tar as unknown as Readable, sent };
}

/** The context of a build as a tar. */
export function packContext(
  { root, dockerfile, ignore }: BuildContext,
  content: DockerfileContent,
): { tar: Readable; sent: SentBytes } {
  // The engine reads these even if they are excluded, and then removes them itself.
  const always = [dockerfile, '.dockerignore', `${dockerfile}.dockerignore`];
  return packFiles(root, { ignore: ignore.rules, always }, { ...content, name: dockerfile });
}

/** A directory as a tar, for a download. On a read error the stream is aborted. */
export const packDirectory = async (directory: string): Promise<Readable> =>
  Readable.from(packFiles(await contextRoot(directory), {}).tar, { objectMode: false });
