/** What became of one path. */
export interface PathChange<Entry> {
  path: string;
  how: 'added' | 'changed' | 'removed';
  /** null where it was not there. */
  before: Entry | null;
  after: Entry | null;
}

/** What differs between two lists of paths, by name. */
export function diffPaths<Entry extends { path: string }>(
  before: readonly Entry[],
  after: readonly Entry[],
  isSame: (one: Entry, other: Entry) => boolean,
): PathChange<Entry>[] {
  const known = new Map(before.map((entry) => [entry.path, entry]));
  const changes: PathChange<Entry>[] = [];
  for (const entry of after) {
    const old = known.get(entry.path) ?? null;
    known.delete(entry.path);
    if (old && isSame(old, entry)) continue;
    changes.push({ path: entry.path, how: old ? 'changed' : 'added', before: old, after: entry });
  }
  for (const entry of known.values())
    changes.push({ path: entry.path, how: 'removed', before: entry, after: null });
  return changes.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
