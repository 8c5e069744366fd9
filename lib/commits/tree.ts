import { entriesBelow, type Level, openFolder } from '@/lib/filetree/folder';
import { reviewRules } from './rules';
import type { MarkedGroup, ReviewEntry, ReviewNode } from './schema';

/** Children shown per directory. */
const shownChildren = 500;
/** Entries shown per group. */
const shownMarked = 50;

const newNode = (name: string, path: string): ReviewNode => ({
  path,
  name,
  kind: null,
  isDirectory: false,
  size: 0,
  count: 0,
  partial: false,
  marks: [],
});

function add(node: ReviewNode, entry: ReviewEntry, isSelf: boolean) {
  node.count += 1;
  node.size += entry.size ?? 0;
  if (entry.size === null && entry.kind !== 'removed') node.partial = true;
  for (const mark of entry.marks) if (!node.marks.includes(mark)) node.marks.push(mark);
  if (isSelf) {
    node.kind = entry.kind;
    if (entry.type === 'directory') node.isDirectory = true;
  } else node.isDirectory = true;
}

const largestFirst = (one: ReviewNode, other: ReviewNode) =>
  other.size - one.size || (one.name < other.name ? -1 : 1);

/** The children of a directory with the sums of their contents. Paths have no trailing slash; the root is ''. */
export function childrenOf(entries: readonly ReviewEntry[], directory: string): Level<ReviewNode> {
  const prefix = `${directory}/`;
  const folder = openFolder(prefix, newNode);
  for (const entry of entriesBelow(entries, prefix)) {
    const { node, isSelf } = folder.childOf(entry.path);
    add(node, entry, isSelf);
  }
  return folder.read(largestFirst, shownChildren);
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
