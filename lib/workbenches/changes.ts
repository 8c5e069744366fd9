import type { ChangeKind, PathChange } from './schema';

/** The differences from the image at one time, by path. `stamps`: size, time and mode of the paths that were read. */
export interface Snapshot {
  kinds: ReadonlyMap<string, ChangeKind>;
  stamps: ReadonlyMap<string, string>;
}

export const emptySnapshot: Snapshot = { kinds: new Map(), stamps: new Map() };

export const kindsOf = (changes: readonly PathChange[]): Map<string, ChangeKind> =>
  new Map(changes.map(({ path, kind }) => [path, kind]));

const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/';

/** Drops directories that are listed only because of their contents. */
function withoutParents(changes: PathChange[]): PathChange[] {
  const parents = new Set<string>();
  for (const { path } of changes)
    for (let parent = parentOf(path); !parents.has(parent); parent = parentOf(parent)) {
      parents.add(parent);
      if (parent === '/') break;
    }
  return changes.filter(({ path, kind }) => kind !== 'changed' || !parents.has(path));
}

/** Paths whose state differs between two snapshots. */
export function changesBetween(before: Snapshot, after: Snapshot): PathChange[] {
  const changes: PathChange[] = [];
  for (const [path, kind] of after.kinds) {
    const was = before.kinds.get(path);
    if (was === undefined || was !== kind) {
      // Removed and created again, or changed for the first time.
      changes.push({ path, kind: was === 'removed' ? 'added' : kind });
      continue;
    }
    const stamp = after.stamps.get(path);
    const stampBefore = before.stamps.get(path);
    if (stamp !== undefined && stampBefore !== undefined && stamp !== stampBefore)
      changes.push({ path, kind: 'changed' });
  }
  for (const path of before.kinds.keys())
    if (!after.kinds.has(path) && before.kinds.get(path) !== 'changed') {
      const kind = before.kinds.get(path) === 'removed' ? 'added' : 'removed';
      changes.push({ path, kind });
    }
  return withoutParents(changes).toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Where packages install thousands of files that are rarely edited. */
const bulk =
  /^\/(usr\/(lib|lib64|libexec|share|include|bin|sbin)|lib|lib64|bin|sbin|var\/(lib|cache)|proc|sys|dev)\//;
/** Package databases in those places, which change with each installation. */
const notes = /^\/(var\/lib\/(dpkg\/status|rpm\/[^/]+)|lib\/apk\/db\/installed)$/;

/** The paths to read after each command, most likely first: the engine lists a changed path only once. */
export function worthStamping(kinds: ReadonlyMap<string, ChangeKind>, limit: number): string[] {
  const first: string[] = [];
  const later: string[] = [];
  for (const [path, kind] of kinds)
    if (kind !== 'removed') (bulk.test(path) && !notes.test(path) ? later : first).push(path);
  return [...first, ...later].slice(0, limit);
}
