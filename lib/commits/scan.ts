import 'server-only';
import { type ContainerChange, exportContainer, readArchive, statPath } from '@/lib/engine/containers/files';
import type { Engine } from '@/lib/engine/engine';
import { readEntries, type TarEntry } from '@/lib/tar/entries';
import { isBelow, marksOfContent, marksOfPath, sniffedBytes } from './rules';
import type { ReviewEntry } from './schema';

/** Paths read one by one; above this, exporting the whole file system is faster. */
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

/** The beginning of a small file; undefined for others. */
async function beginningOf(entry: TarEntry): Promise<Buffer | undefined> {
  if (entry.type !== 'file' || entry.size === 0 || entry.size > 4 * sniffedBytes) return undefined;
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of entry.content()) {
    pieces.push(Buffer.from(piece));
    size += piece.length;
    if (size >= sniffedBytes) break;
  }
  return Buffer.concat(pieces).subarray(0, sniffedBytes);
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
  if (!stat) return; // removed since it was listed
  tell(change.path, stat);
  const isWhole = stat.type === 'directory' && change.kind === 'added';
  if (isWhole || (stat.type === 'file' && stat.size <= 4 * sniffedBytes))
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

/** The paths to read to see all changes; null if they are too many or contain mounts. */
function changedRoots(changes: ContainerChange[], mounts: string[]): ContainerChange[] | null {
  const roots: ContainerChange[] = [];
  let added: string | null = null;
  changes.forEach((change, index) => {
    if (change.kind === 'removed' || mounts.includes(change.path)) return;
    if (added !== null && isBelow(change.path, added)) return;
    if (change.kind === 'added') added = change.path;
    // A directory that is listed only for its children needs no reading.
    else if (changes[index + 1]?.path.startsWith(`${change.path}/`)) return;
    roots.push(change);
  });
  const mixed = roots.some((root) =>
    mounts.some((mount) => mount !== root.path && isBelow(mount, root.path)),
  );
  return roots.length > oneByOne || mixed ? null : roots;
}

/**
 * What changed in a container, with sizes and marks, read for at most `budgetMs`: entries that were not read in time
 * have no size, and `partial` is set.
 */
export async function scanChanges(
  engine: Engine,
  id: string,
  changes: ContainerChange[],
  mounts: string[],
  budgetMs: number,
): Promise<{ entries: ReviewEntry[]; partial: boolean }> {
  const found = new Map<string, Found & { marks: string[] }>();
  const tell: Tell = (path, { beginning, ...rest }) => {
    const marks = beginning ? marksOfContent(path, beginning) : (found.get(path)?.marks ?? []);
    found.set(path, { ...rest, marks });
  };
  const signal = AbortSignal.timeout(budgetMs);
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
    // A directory with changes below it or a mount point; or it was removed meanwhile.
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
