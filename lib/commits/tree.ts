import { entriesBelow, type Level, openFolder } from '@/lib/filetree/folder';
import { reviewRules } from './rules';
import type { MarkedGroup, ReviewEntry, ReviewNode } from './schema';

/** Children of one directory that are shown. */
const shownChildren = 500;
/** Entries of a group that are shown. */
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

/** What changed in a directory, each with the sums of what is below it. `/` and the like have no slash at their end. */
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
