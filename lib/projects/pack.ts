import 'server-only';
import { readlink } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import { type ContextEntry, listContext } from './context';
import { openPlain } from './files';

const headerOf = (entry: ContextEntry) => ({
  name: entry.path,
  mode: entry.mode & 0o777,
  mtime: new Date(entry.mtimeMs),
});

async function addFile(tar: Pack, file: string, entry: ContextEntry) {
  const handle = await openPlain(file);
  try {
    const { size } = await handle.stat();
    if (size === 0) return void tar.entry({ ...headerOf(entry), size }, '');
    // Exactly as many bytes as the header says, whatever happens to the file meanwhile.
    const source = handle.createReadStream({ end: size - 1, autoClose: false });
    await pipeline(source, tar.entry({ ...headerOf(entry), size }));
  } finally {
    await handle.close();
  }
}

async function addAll(tar: Pack, directory: string) {
  for await (const entry of listContext(directory, () => false)) {
    if (tar.destroyed) return;
    const file = path.join(directory, entry.path);
    if (entry.type === 'file') await addFile(tar, file, entry);
    else if (entry.type === 'directory') tar.entry({ ...headerOf(entry), type: 'directory' });
    else tar.entry({ ...headerOf(entry), type: 'symlink', linkname: await readlink(file) });
  }
  tar.finalize();
}

/** Everything in a directory as a tar, made while it is read. */
export function packDirectory(directory: string): Readable {
  const tar = pack();
  // The reader sees the stream break off: what it has is then no archive.
  addAll(tar, directory).catch((error: unknown) => tar.destroy(error instanceof Error ? error : undefined));
  return Readable.from(tar, { objectMode: false });
}
