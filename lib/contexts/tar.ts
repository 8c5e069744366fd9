import 'server-only';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pack, type Header, type Pack } from 'tar-stream';
import { AppError, messageOf } from '@/lib/errors';
import { contextRoot, openFile, walkContext, type ContextEntry, type OpenFile } from './walk';
import type { BuildContext } from './context';

/** What went out so far, and what went wrong with our own files. */
export interface SentBytes {
  bytes: number;
  error: AppError | null;
}

/** The engine reads these even where .dockerignore leaves them out, and removes them by itself then. */
const alwaysSent = (dockerfile: string) =>
  new Set([dockerfile, '.dockerignore', `${dockerfile}.dockerignore`]);

function headerOf(entry: ContextEntry): EntryHeader {
  return {
    name: entry.path,
    mode: entry.mode & 0o7777,
    mtime: new Date(Number(entry.modified / 1_000_000n)),
    uid: 0,
    gid: 0,
  };
}

type EntryHeader = Partial<Header> & Pick<Header, 'name'>;

interface Packing {
  tar: Pack;
  sent: SentBytes;
  /** Aborted when nobody reads the tar any more. */
  gone: AbortSignal;
}

/** Bytes read at a time; most files are smaller and go in one. */
const chunkSize = 256 * 1024;

/** Adds an entry with all its bytes, and waits until the tar has room for more. */
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
  for (let left = size; left > 0; left -= chunkSize) {
    const bytes = await readExactly(handle, Math.min(chunkSize, left), header.name);
    sent.bytes += bytes.length;
    if (!sink.write(bytes)) await once(sink, 'drain', { signal: gone });
  }
  sink.end(null);
  await once(sink, 'finish', { signal: gone });
}

/** The size stands before the bytes: exactly as many are read, whatever happens to the file meanwhile. */
async function addFile(packing: Packing, root: string, entry: ContextEntry): Promise<void> {
  const { tar, sent } = packing;
  const file = await openFile(root, entry.path);
  const header: EntryHeader = { ...headerOf(entry), type: 'file' };
  try {
    if (file.size > chunkSize) return await addLarge(packing, header, file);
    const bytes = await readExactly(file.handle, file.size, entry.path);
    sent.bytes += bytes.length;
    await addWhole(tar, header, bytes);
  } finally {
    await file.handle.close();
  }
}

async function addAll(packing: Packing, root: string, context: BuildContext, dockerfile: string) {
  const { tar, gone } = packing;
  const always = alwaysSent(dockerfile);
  const parents = new Set([...always].flatMap((file) => parentsOf(file)));
  const excludes = (file: string, isDirectory: boolean) =>
    !always.has(file) && !(isDirectory && parents.has(file)) && context.excludes(file, isDirectory);
  for await (const entries of walkContext(root, { excludes, reincludes: context.reincludes }))
    for (const entry of entries) {
      if (gone.aborted) return;
      if (entry.type === 'file') await addFile(packing, root, entry);
      else if (entry.type === 'directory') tar.entry({ ...headerOf(entry), type: 'directory' });
      else tar.entry({ ...headerOf(entry), type: 'symlink', linkname: entry.linkname });
    }
  tar.finalize();
}

const parentsOf = (file: string): string[] =>
  file
    .split('/')
    .slice(0, -1)
    .map((_part, index, parts) => parts.slice(0, index + 1).join('/'));

const unreadableContext = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError('build_failed', `The build context cannot be read: ${messageOf(error)}.`, {
        cause: error,
      });

/** The context as a tar, made while it is read. */
export async function packContext(
  context: BuildContext,
  dockerfile: string,
): Promise<{ tar: Readable; sent: SentBytes }> {
  const root = await contextRoot(context.directory);
  const sent: SentBytes = { bytes: 0, error: null };
  const tar = pack();
  const closed = new AbortController();
  tar.on('close', () => closed.abort());
  tar.on('error', () => {}); // Kept in `sent`, and the request breaks off.
  addAll({ tar, sent, gone: closed.signal }, root, context, dockerfile).catch((error: unknown) => {
    if (closed.signal.aborted) return; // Nobody wants it any more.
    sent.error = unreadableContext(error);
    tar.destroy(sent.error);
  });
  return { tar: tar as unknown as Readable, sent };
}
