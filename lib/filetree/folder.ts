/** The entries of a folder, and how many are not listed. */
export interface Level<Node> {
  nodes: Node[];
  more: number;
}

interface Folder<Node> {
  /** The child that contains a path; created on first use. */
  childOf: (path: string) => { node: Node; isSelf: boolean };
  /** The first children in an order. */
  read: (order: (one: Node, other: Node) => number, most: number) => Level<Node>;
}

/**
 * One folder, from the paths below it, which start with its `prefix` (`srv/`, `/srv/`, or empty for the root of
 * relative paths): each child has the totals of everything below it.
 */
export function openFolder<Node>(
  prefix: string,
  makeNode: (name: string, path: string) => Node,
): Folder<Node> {
  const children = new Map<string, Node>();
  const start = prefix.length;
  return {
    childOf(path) {
      const end = path.indexOf('/', start);
      const name = end < 0 ? path.slice(start) : path.slice(start, end);
      let node = children.get(name);
      if (node === undefined) children.set(name, (node = makeNode(name, prefix + name)));
      return { node, isSelf: end < 0 };
    },
    read(order, most) {
      const all = [...children.values()].toSorted(order);
      return { nodes: all.slice(0, most), more: Math.max(0, all.length - most) };
    },
  };
}

/** The index of the first path that is not before another; entries are sorted by path. */
function firstFrom(entries: readonly { path: string }[], path: string): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.path < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The sorted entries whose paths start with a prefix. */
export function* entriesBelow<Entry extends { path: string }>(
  entries: readonly Entry[],
  prefix: string,
): Generator<Entry, void, void> {
  for (let index = firstFrom(entries, prefix); index < entries.length; index++) {
    const entry = entries[index]!;
    if (!entry.path.startsWith(prefix)) return;
    yield entry;
  }
}
