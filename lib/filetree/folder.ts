/** Entries of one folder that are shown, and how many are not. */
export interface Level<Node> {
  nodes: Node[];
  more: number;
}

interface Folder<Node> {
  /** The child that a path is, or is below; made when it is first asked for. */
  childOf: (path: string) => { node: Node; isSelf: boolean };
  /** The first of its children in an order. */
  read: (order: (one: Node, other: Node) => number, most: number) => Level<Node>;
}

/**
 * Adds up one folder out of the paths below it, which begin with its `prefix` (`srv/`, `/srv/`, or nothing for the top of
 * relative paths): each child stands for all that is below itself.
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

/** The place of the first path that is not before another; entries are sorted by path. */
function firstFrom(entries: readonly { path: string }[], path: string): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.path < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of sorted entries whose paths begin with a prefix. */
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
