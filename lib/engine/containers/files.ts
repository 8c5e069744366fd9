import 'server-only';
import type { Readable } from 'node:stream';
import type { Engine } from '@/lib/engine/engine';
import { callHeaders, callJson, callStream, parseAnswer } from '@/lib/engine/wire/dial';
import { orNull } from '@/lib/engine/wire/errors';
import { containerPath } from '@/lib/engine/wire/names';
import { changesAnswer, pathStatAnswer } from './answers';
import type { ContainerId } from '@/lib/ids';

export const changeKinds = ['changed', 'added', 'removed'] as const;

/** A difference between a container's own layer and its image. */
export interface ContainerChange {
  path: string;
  kind: (typeof changeKinds)[number];
}

/** The engine walks the whole layer before it answers. */
const changesTimeoutMs = 120_000;

/** Sorted by path. Data in volumes is in no layer, so it is not included. */
export async function containerChanges(
  engine: Engine,
  id: ContainerId,
  signal?: AbortSignal,
): Promise<ContainerChange[]> {
  const path = `/containers/${containerPath(id)}/changes`;
  const answer = await callJson(engine, { path, signal, timeoutMs: changesTimeoutMs });
  return parseAnswer(changesAnswer, answer)
    .map(({ Path, Kind }) => ({ path: Path, kind: changeKinds[Kind]! }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** The whole file system as one tar, without mounts. */
export const exportContainer = (engine: Engine, id: ContainerId, signal: AbortSignal): Promise<Readable> =>
  callStream(engine, { path: `/containers/${containerPath(id)}/export`, signal });

/** One path with everything below it as a tar, including mounts. */
export const readArchive = (
  engine: Engine,
  id: ContainerId,
  path: string,
  signal?: AbortSignal,
): Promise<Readable> =>
  callStream(engine, { path: `/containers/${containerPath(id)}/archive`, query: { path }, signal });

/** Unpacks a tar in a container, running or not, with owners, modes, times and attributes. */
export async function writeArchive(
  engine: Engine,
  id: ContainerId,
  path: string,
  tar: Readable,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  // A source that fails does not end: without this the engine would wait for the rest.
  tar.once('error', (error) => over.abort(error));
  const answer = await callStream(engine, {
    method: 'PUT',
    path: `/containers/${containerPath(id)}/archive`,
    query: { path },
    headers: { 'Content-Type': 'application/x-tar' },
    file: tar,
    signal: AbortSignal.any([signal, over.signal]),
  });
  for await (const _words of answer);
}

/** Go's os.FileMode, of which the low bits are those of chmod. */
const goDirectory = 2 ** 31;
const goSymlink = 2 ** 27;
const goOthers = [2 ** 26, 2 ** 25, 2 ** 24, 2 ** 21];
const has = (mode: number, bit: number) => Math.floor(mode / bit) % 2 === 1;

interface PathStat {
  type: 'file' | 'directory' | 'symlink' | 'other';
  size: number;
  /** Go's os.FileMode. */
  mode: number;
  /** RFC 3339 with nanoseconds. */
  modified: string;
  /** Target of a symbolic link as a path in the container; '' for others. */
  linkTarget: string;
}

function typeOf(mode: number): PathStat['type'] {
  if (has(mode, goDirectory)) return 'directory';
  if (has(mode, goSymlink)) return 'symlink';
  return goOthers.some((bit) => has(mode, bit)) ? 'other' : 'file';
}

/** Does not follow a symbolic link. null if the path does not exist. */
export async function statPath(
  engine: Engine,
  id: ContainerId,
  path: string,
  signal?: AbortSignal,
): Promise<PathStat | null> {
  const headers = await orNull(
    callHeaders(engine, {
      method: 'HEAD',
      path: `/containers/${containerPath(id)}/archive`,
      query: { path },
      signal,
    }),
  );
  if (headers === null) return null;
  const encoded = String(headers['x-docker-container-path-stat'] ?? '');
  const { size, mode, mtime, linkTarget } = parseAnswer(
    pathStatAnswer,
    JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')),
  );
  const type = typeOf(mode);
  return { type, size: type === 'file' ? size : 0, mode, modified: mtime, linkTarget };
}
