import 'server-only';
import { type ContainerChange, exportContainer, readArchive, statPath } from '@/lib/engine/containers/files';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { readEntries, type TarEntry } from '@/lib/tar/entries';
import { isBelow, marksOfContent, marksOfPath, sniffed } from './rules';
import type { ReviewEntry } from './schema';

/** Paths that are asked for one by one; with more, reading the whole file system once is quicker. */
const oneByOne = 150;
const atOnce = 4;

type Found = Pick<ReviewEntry, 'type' | 'size'> & { beginning?: Buffer };
type Tell = (path: string, found: Found) => void;

const typeOf = (type: TarEntry['type']): ReviewEntry['type'] =>
  type === 'hardlink'
    ? 'file'
    : type === 'file' || type === 'directory' || type === 'symlink'
      ? type
      : 'other';

/** Only of small files, and only as much as is looked at. */
async function beginningOf(entry: TarEntry): Promise<Buffer | undefined> {
  if (entry.type !== 'file' || entry.size === 0 || entry.size > 4 * sniffed) return undefined;
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of entry.content()) {
    pieces.push(Buffer.from(piece));
    size += piece.length;
    if (size >= sniffed) break;
  }
  return Buffer.concat(pieces).subarray(0, sniffed);
}

async function tellEntry(path: string, entry: TarEntry, tell: Tell) {
  tell(path, { type: typeOf(entry.type), size: entry.size, beginning: await beginningOf(entry) });
}

async function readBelow(engine: Engine, id: string, path: string, signal: AbortSignal, tell: Tell) {
  const parent = path.slice(0, path.lastIndexOf('/'));
  for await (const entry of readEntries(await readArchive(engine, id, path, signal)))
    await tellEntry(`${parent}/${entry.path}`, entry, tell);
}

async function readOne(engine: Engine, id: string, change: ContainerChange, signal: AbortSignal, tell: Tell) {
  const stat = await statPath(engine, id, change.path, signal);
  if (!stat) return; // it went away since the list was made
  tell(change.path, stat);
  const isWhole = stat.type === 'directory' && change.kind === 'added';
  if (isWhole || (stat.type === 'file' && stat.size <= 4 * sniffed))
    await readBelow(engine, id, change.path, signal, tell);
}

async function readSome(
  engine: Engine,
  id: string,
  roots: ContainerChange[],
  signal: AbortSignal,
  tell: Tell,
) {
  const open = [...roots];
  const work = async () => {
    for (let change = open.shift(); change; change = open.shift())
      await readOne(engine, id, change, signal, tell);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function readAll(
  engine: Engine,
  id: string,
  changes: ContainerChange[],
  signal: AbortSignal,
  tell: Tell,
) {
  const wanted = new Set(changes.map((change) => change.path));
  for await (const entry of readEntries(await exportContainer(engine, id, signal))) {
    const path = `/${entry.path}`;
    if (wanted.has(path)) await tellEntry(path, entry, tell);
  }
}

/** What has to be asked for to see all changes; null where that would read what is mounted, too, or be too much. */
export function changedRoots(changes: ContainerChange[], mounts: string[]): ContainerChange[] | null {
  const roots: ContainerChange[] = [];
  let added: string | null = null;
  changes.forEach((change, index) => {
    if (change.kind === 'removed' || mounts.includes(change.path)) return;
    if (added !== null && isBelow(change.path, added)) return;
    if (change.kind === 'added') added = change.path;
    // A directory that only holds what changed is no news itself.
    else if (changes[index + 1]?.path.startsWith(`${change.path}/`)) return;
    roots.push(change);
  });
  const mixed = roots.some((root) =>
    mounts.some((mount) => mount !== root.path && isBelow(mount, root.path)),
  );
  return roots.length > oneByOne || mixed ? null : roots;
}

/**
 * What changed in a container, with sizes and marks, read for at most `budget` ms: what there was no time for has no
 * size, and `partial` says so.
 */
export async function scanChanges(
  engine: Engine,
  id: string,
  changes: ContainerChange[],
  mounts: string[],
  budget: number,
): Promise<{ entries: ReviewEntry[]; partial: boolean }> {
  const found = new Map<string, Found & { marks: string[] }>();
  const tell: Tell = (path, { beginning, ...rest }) => {
    const marks = beginning ? marksOfContent(path, beginning) : (found.get(path)?.marks ?? []);
    found.set(path, { ...rest, marks });
  };
  const signal = AbortSignal.timeout(budget);
  const roots = changedRoots(changes, mounts);
  let partial = false;
  try {
    await (roots ? readSome(engine, id, roots, signal, tell) : readAll(engine, id, changes, signal, tell));
  } catch (error) {
    if (!signal.aborted) throw error;
    partial = true;
  }
  const entries = changes.map(({ path, kind }): ReviewEntry => {
    const own = found.get(path);
    // A directory with changes in it, or the place of something that is mounted; or it is gone meanwhile.
    const isWay = !own && (kind === 'changed' || mounts.includes(path));
    return {
      path,
      kind,
      type: own?.type ?? (isWay && !partial ? 'directory' : null),
      size: own?.size ?? (isWay && !partial ? 0 : null),
      marks: [...new Set([...marksOfPath(path), ...(own?.marks ?? [])])],
    };
  });
  return { entries, partial };
}

/** A broken archive is the engine's fault, and said as such. */
export const asEngineFault = (error: unknown): unknown =>
  error instanceof Error && error.name === 'TarError'
    ? new AppError(
        'engine_rejected',
        `The engine sent a file system that cannot be read: ${error.message}.`,
        {
          hint: 'Try again; look into the log of the engine if it stays so.',
          cause: error,
        },
      )
    : error;
