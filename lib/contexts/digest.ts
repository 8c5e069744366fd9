import 'server-only';
import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { remember } from '@/lib/remember';
import type { BuildContext } from './context';
import { openFile, readSmallFile } from './files';
import type { ContextFile } from './schema';
import { type ContextEntry, walkContext } from './walk';

/** Digests of files hashed before, by values that change with the content: device, inode, size and times in ns. */
const known = () => remember('content-digests', () => new Map<string, string>());
const maxKnown = 200_000;
/** A stream for each of 20,000 small files takes six times as long as everything else. */
const readAtOnceBytes = 256 * 1024;
/** Yields to other work of the server after this time. */
const turnMs = 5;

async function hashFile(root: string, file: string): Promise<string> {
  const hash = createHash('sha256');
  const content = readSmallFile(root, file, readAtOnceBytes);
  if (content) return hash.update(content).digest('hex');
  const { handle } = await openFile(root, file);
  await pipeline(handle.createReadStream(), hash);
  return hash.digest('hex');
}

async function contentDigest(root: string, file: string): Promise<string> {
  const stat = lstatSync(path.join(root, file), { bigint: true });
  const key = `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;
  const before = known().get(key);
  if (before) return before;
  const digest = await hashFile(root, file);
  if (known().size >= maxKnown) known().clear();
  known().set(key, digest);
  return digest;
}

async function digestEntry(root: string, entry: ContextEntry): Promise<ContextFile> {
  const { path: file, size } = entry;
  const mode = entry.mode & 0o7777;
  if (entry.type === 'symlink') return { path: file, size, mode, digest: `-> ${entry.linkname}` };
  return { path: file, size, mode, digest: entry.type === 'file' ? await contentDigest(root, file) : '' };
}

interface ContextDigest {
  digest: string;
  bytes: number;
  count: number;
  files: ContextFile[];
}

/** The inputs of a build: every path of the context with the digest of its content, and a digest over all. */
export async function digestContext(
  { root, ignore }: Pick<BuildContext, 'root' | 'ignore'>,
  signal: AbortSignal,
): Promise<ContextDigest> {
  const files: ContextFile[] = [];
  let since = performance.now();
  for await (const entries of walkContext(root, { ignore: ignore.rules }))
    for (const entry of entries) {
      signal.throwIfAborted();
      files.push(await digestEntry(root, entry));
      if (performance.now() - since < turnMs) continue;
      await setImmediate();
      since = performance.now();
    }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const hash = createHash('sha256');
  let bytes = 0;
  for (const file of files) {
    hash.update(`${file.path}\0${file.mode.toString(8)}\0${file.digest}\0`);
    bytes += file.size;
  }
  return { digest: `sha256:${hash.digest('hex')}`, bytes, count: files.length, files };
}

export const packFiles = (files: ContextFile[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    deflateRawSync(files.map((file) => JSON.stringify(Object.values(file))).join('\n'), { level: 1 }),
  );

export const unpackFiles = (data: Uint8Array): ContextFile[] =>
  inflateRawSync(data)
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [file, size, mode, digest] = JSON.parse(line) as [string, number, number, string];
      return { path: file, size, mode, digest };
    });
