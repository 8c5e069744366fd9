import { reviewRules } from './rules';
import type { MarkedGroup, ReviewEntry, ReviewNode } from './schema';

/** Children of one directory that are shown. */
export const shownChildren = 500;
/** Entries of a group that are shown. */
const shownMarked = 50;

/** The place of the first path that is not before `prefix`; entries are sorted by path. */
function firstFrom(entries: readonly ReviewEntry[], prefix: string): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.path < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}

function add(node: ReviewNode, entry: ReviewEntry) {
  node.count += 1;
  node.size += entry.size ?? 0;
  if (entry.size === null && entry.kind !== 'removed') node.partial = true;
  for (const mark of entry.marks) if (!node.marks.includes(mark)) node.marks.push(mark);
  if (entry.path === node.path) {
    node.kind = entry.kind;
    if (entry.type === 'directory') node.isDirectory = true;
  } else node.isDirectory = true;
}

/** What changed in a directory, each with the sums of what is below it. `/` and the like have no slash at their end. */
export function childrenOf(
  entries: readonly ReviewEntry[],
  directory: string,
): { nodes: ReviewNode[]; more: number } {
  const prefix = `${directory}/`;
  const nodes = new Map<string, ReviewNode>();
  for (let index = firstFrom(entries, prefix); index < entries.length; index++) {
    const entry = entries[index]!;
    if (!entry.path.startsWith(prefix)) break;
    const [name = ''] = entry.path.slice(prefix.length).split('/', 1);
    const path = prefix + name;
    const node: ReviewNode = nodes.get(path) ?? {
      path,
      name,
      kind: null,
      isDirectory: false,
      size: 0,
      count: 0,
      partial: false,
      marks: [],
    };
    nodes.set(path, node);
    add(node, entry);
  }
  const all = [...nodes.values()].toSorted(
    (one, other) => other.size - one.size || (one.name < other.name ? -1 : 1),
  );
  return { nodes: all.slice(0, shownChildren), more: Math.max(0, all.length - shownChildren) };
}

export function markedGroups(entries: readonly ReviewEntry[]): MarkedGroup[] {
  return reviewRules.flatMap(({ id }) => {
    const marked = entries.filter(
      (entry) => entry.kind !== 'removed' && entry.type !== 'directory' && entry.marks.includes(id),
    );
    if (marked.length === 0) return [];
    const bySize = marked.toSorted((one, other) => (other.size ?? 0) - (one.size ?? 0));
    return {
      rule: id,
      count: marked.length,
      size: marked.reduce((sum, entry) => sum + (entry.size ?? 0), 0),
      entries: bySize.slice(0, shownMarked).map(({ path, size }) => ({ path, size })),
    };
  });
}
