/** The change of a path. */
export interface PathChange<Before, After = Before> {
  path: string;
  how: 'added' | 'changed' | 'removed';
  /** null if it did not exist. */
  before: Before | null;
  after: After | null;
}

interface OpenDiff<Before, After> {
  /** null where the path is the same as before. */
  see: (path: string, after: After) => PathChange<Before, After> | null;
  /** The paths that were not seen. */
  removed: () => PathChange<Before, After>[];
}

/** Finds what differs from a list of paths while another one is read, of which nothing need be kept. */
export function openDiff<Before, After>(
  before: ReadonlyMap<string, Before>,
  isSame: (before: Before, after: After) => boolean,
): OpenDiff<Before, After> {
  const unseen = new Set(before.keys());
  return {
    see(path, after) {
      unseen.delete(path);
      const old = before.get(path);
      if (old === undefined) return { path, how: 'added', before: null, after };
      return isSame(old, after) ? null : { path, how: 'changed', before: old, after };
    },
    removed: () =>
      [...unseen].map((path) => ({ path, how: 'removed', before: before.get(path) ?? null, after: null })),
  };
}

/** The differences between two lists of paths, by name. */
export function diffPaths<Entry extends { path: string }>(
  before: readonly Entry[],
  after: readonly Entry[],
  isSame: (one: Entry, other: Entry) => boolean,
): PathChange<Entry>[] {
  const diff = openDiff(new Map(before.map((entry) => [entry.path, entry])), isSame);
  const seen = after.flatMap((entry) => diff.see(entry.path, entry) ?? []);
  return [...seen, ...diff.removed()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
