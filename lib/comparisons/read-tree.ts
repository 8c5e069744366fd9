import 'server-only';
import { createHash } from 'node:crypto';
import { createScratchContainer } from '@/lib/engine/containers/commit';
import { exportContainer } from '@/lib/engine/containers/files';
import { removeContainer } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { readEntries, type TarEntry } from '@/lib/tar/entries';
import { keyOf, type TreeEntry } from './compare';
import { engineMade } from './rules';

export interface ReadProgress {
  paths: number;
  bytes: number;
}

async function digestOf(entry: TarEntry, progress: ReadProgress): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of entry.content()) {
    hash.update(piece);
    progress.bytes += piece.length;
  }
  return hash.digest('hex');
}

const attributesOf = ({ attributes }: TarEntry): string =>
  [...attributes]
    .map(([name, value]) => `${name}=${createHash('sha256').update(value).digest('hex').slice(0, 16)}`)
    .toSorted()
    .join(',');

/** Digests of files by path, for hard links, which have no content of their own. */
type Digests = Map<string, { digest: string; size: number }>;

async function toTreeEntry(entry: TarEntry, digests: Digests, progress: ReadProgress): Promise<TreeEntry> {
  const { mode, uid, gid } = entry;
  const base = { mode, uid, gid, attributes: attributesOf(entry), size: entry.size, target: '', digest: '' };
  if (entry.type === 'symlink') return { ...base, type: 'symlink', mode: 0o777, target: entry.target };
  if (entry.type === 'hardlink') {
    const { digest = '', size = 0 } = digests.get(`/${entry.target}`) ?? {};
    return { ...base, type: 'file', digest, size };
  }
  if (entry.type !== 'file') return { ...base, type: entry.type, target: entry.device };
  const digest = await digestOf(entry, progress);
  digests.set(`/${entry.path}`, { digest, size: entry.size });
  return { ...base, type: 'file', digest };
}

/** Reads every path of an image from a container that is never started. */
async function* readImage(
  engine: Engine,
  image: string,
  scratch: string,
  signal: AbortSignal,
  progress: ReadProgress,
): AsyncGenerator<{ path: string; entry: TreeEntry }, void, void> {
  const container = await createScratchContainer(engine, image, scratch, ['-'], '');
  const digests: Digests = new Map();
  try {
    for await (const entry of readEntries(await exportContainer(engine, container, signal))) {
      const path = `/${entry.path}`;
      progress.paths += 1;
      if (path === '/' || engineMade.test(path)) continue;
      yield { path, entry: await toTreeEntry(entry, digests, progress) };
    }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TarError') throw error;
    throw new AppError(
      'engine_rejected',
      `The engine sent a file system that cannot be read: ${error.message}.`,
      { hint: 'Compare again. If it persists, check the engine’s log.', cause: error },
    );
  } finally {
    await removeContainer(engine, container);
  }
}

/** A digest per path, enough to find equal paths in another image. */
export type Keys = Map<string, string>;

const short = (entry: TreeEntry) => createHash('sha256').update(keyOf(entry)).digest('base64').slice(0, 22);

interface Reading {
  image: string;
  scratch: string;
  signal: AbortSignal;
  /** Called after each path; may wait. */
  tell: (progress: ReadProgress) => Promise<void>;
}

export async function readKeys(engine: Engine, { image, scratch, signal, tell }: Reading): Promise<Keys> {
  const progress = { paths: 0, bytes: 0 };
  const keys: Keys = new Map();
  for await (const { path, entry } of readImage(engine, image, scratch, signal, progress)) {
    keys.set(path, short(entry));
    await tell(progress);
  }
  return keys;
}

/** Reads an image's differences from its base; equal paths are not kept. */
export async function readChanges(engine: Engine, base: Keys, { image, scratch, signal, tell }: Reading) {
  const progress = { paths: 0, bytes: 0 };
  const changes = new Map<string, TreeEntry | null>();
  const unseen = new Set(base.keys());
  for await (const { path, entry } of readImage(engine, image, scratch, signal, progress)) {
    unseen.delete(path);
    if (base.get(path) !== short(entry)) changes.set(path, entry);
    await tell(progress);
  }
  for (const path of unseen) changes.set(path, null);
  return changes;
}
