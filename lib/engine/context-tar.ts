import 'server-only';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import { AppError, messageOf } from '@/lib/errors';
import { contextRoot, openFile, walkContext, type ContextEntry } from './context-files';
import type { BuildRequest } from './types';

/** What went out so far, and what went wrong with our own files. */
export interface SentBytes {
  bytes: number;
  error: AppError | null;
}

/** The engine reads these even where .dockerignore leaves them out, and removes them by itself then. */
const alwaysSent = (dockerfile: string) =>
  new Set([dockerfile, '.dockerignore', `${dockerfile}.dockerignore`]);

function headerOf(entry: ContextEntry) {
  return {
    name: entry.path,
    mode: entry.mode & 0o7777,
    mtime: new Date(Number(entry.modified / 1_000_000n)),
    uid: 0,
    gid: 0,
  };
}

async function addFile(tar: Pack, root: string, entry: ContextEntry, sent: SentBytes): Promise<void> {
  const handle = await openFile(root, entry.path);
  try {
    // The size stands before the bytes: exactly as many are read, whatever happens to the file meanwhile.
    const { size } = await handle.stat();
    if (size === 0) return void tar.entry({ ...headerOf(entry), type: 'file', size }, '');
    const target = tar.entry({ ...headerOf(entry), type: 'file', size });
    const source = handle.createReadStream({ end: size - 1, autoClose: false });
    source.on('data', (chunk) => {
      sent.bytes += chunk.length;
    });
    await pipeline(source, target);
  } finally {
    await handle.close();
  }
}

async function addAll(
  tar: Pack,
  root: string,
  context: BuildRequest['context'],
  dockerfile: string,
  sent: SentBytes,
) {
  const always = alwaysSent(dockerfile);
  const parents = new Set([...always].flatMap((file) => parentsOf(file)));
  const excludes = (file: string, isDirectory: boolean) =>
    !always.has(file) && !(isDirectory && parents.has(file)) && context.excludes(file, isDirectory);
  for await (const entry of walkContext(root, { excludes, reincludes: context.reincludes })) {
    if (tar.destroyed) return;
    if (entry.type === 'file') await addFile(tar, root, entry, sent);
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

/** The context as a tar, made while it is read. */
export async function packContext(
  context: BuildRequest['context'],
  dockerfile: string,
): Promise<{ tar: Readable; sent: SentBytes }> {
  const root = await contextRoot(context.directory);
  const sent: SentBytes = { bytes: 0, error: null };
  const tar = pack();
  tar.on('error', () => {}); // Kept in `sent`, and the request breaks off.
  addAll(tar, root, context, dockerfile, sent).catch((error: unknown) => {
    sent.error =
      error instanceof AppError
        ? error
        : new AppError('build_failed', `The build context cannot be read: ${messageOf(error)}.`, {
            cause: error,
          });
    tar.destroy(sent.error);
  });
  return { tar: tar as unknown as Readable, sent };
}
