import 'server-only';
import { createScratchContainer } from '@/lib/engine/containers/create';
import { exportContainer, readArchive } from '@/lib/engine/containers/files';
import { removeContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { readEntries, type TarEntry } from '@/lib/tar/entries';
import type { FileFacts } from './input';

/** Paths read one by one; above this, the whole file system is exported. */
const oneByOne = 60;

const nameFor = (reader: string) => `layerwright-read-${reader}`;

/** Creates a container that is never started, to read an image's files. `reader`: unique. */
export async function withImageFiles<T>(
  engine: Engine,
  reader: string,
  image: string,
  work: (container: string) => Promise<T>,
): Promise<T> {
  const container = await createScratchContainer(engine, image, nameFor(reader), ['-'], '');
  try {
    return await work(container);
  } finally {
    await removeContainer(engine, container);
  }
}

/** Removes what a crash has left of a reader. */
export async function removeReadContainer(engine: Engine, reader: string): Promise<void> {
  try {
    await removeContainer(engine, nameFor(reader));
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'not_found')) throw error;
  }
}

const typeOf = (type: TarEntry['type']): FileFacts['type'] =>
  type === 'file' || type === 'hardlink'
    ? 'file'
    : type === 'directory' || type === 'symlink'
      ? type
      : 'other';

const factsOf = ({ type, mode, uid, gid }: TarEntry): FileFacts => ({ type: typeOf(type), mode, uid, gid });

/** The first entry of a path's archive; null if the path does not exist. */
export async function readOneFile<T>(
  engine: Engine,
  container: string,
  path: string,
  signal: AbortSignal,
  read: (entry: TarEntry) => Promise<T>,
): Promise<T | null> {
  const archive = await readArchive(engine, container, path, signal).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  });
  if (!archive) return null;
  for await (const entry of readEntries(archive)) return read(entry);
  return null;
}

/** The types of these paths in an image; missing paths are omitted. */
export async function readFacts(
  engine: Engine,
  image: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, FileFacts>> {
  const facts = new Map<string, FileFacts>();
  if (paths.length === 0) return facts;
  await withImageFiles(engine, newId(), image, async (container) => {
    if (paths.length <= oneByOne) {
      for (const path of paths) {
        const found = await readOneFile(engine, container, path, signal, (entry) =>
          Promise.resolve(factsOf(entry)),
        );
        if (found) facts.set(path, found);
      }
      return;
    }
    const wanted = new Set(paths);
    for await (const entry of readEntries(await exportContainer(engine, container, signal)))
      if (wanted.has(`/${entry.path}`)) facts.set(`/${entry.path}`, factsOf(entry));
  });
  return facts;
}
