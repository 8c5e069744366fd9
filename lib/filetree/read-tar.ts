import 'server-only';
import { createHash } from 'node:crypto';
import { readEntries, type TarEntry } from '@/lib/tar/entries';
import type { TreeEntry } from './entry';

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
    const { digest = '', size = 0 } = digests.get(entry.target) ?? {};
    return { ...base, type: 'file', digest, size };
  }
  if (entry.type !== 'file') return { ...base, type: entry.type, target: entry.device };
  const digest = await digestOf(entry, progress);
  digests.set(entry.path, { digest, size: entry.size });
  return { ...base, type: 'file', digest };
}

interface Reading {
  /** Paths begin with `/`. The contents of others are not read. */
  isWanted: (path: string) => boolean;
  /** Counts what was read; paths that are not wanted, too. */
  progress: ReadProgress;
}

/** Reads the tree that the tar of a whole file system holds, path by path. */
export async function* readTree(
  archive: AsyncIterable<Uint8Array>,
  { isWanted, progress }: Reading,
): AsyncGenerator<{ path: string; entry: TreeEntry }, void, void> {
  const digests: Digests = new Map();
  for await (const entry of readEntries(archive)) {
    progress.paths += 1;
    const path = `/${entry.path}`;
    if (path !== '/' && isWanted(path)) yield { path, entry: await toTreeEntry(entry, digests, progress) };
  }
}
