import { openFolder } from '@/lib/filetree/folder';
import type { ContextLevel, ContextNode, ContextWarning } from './schema';
import type { ContextEntry } from './walk';

/** Entries per directory. */
const maxShown = 200;

const newNode = (name: string, at: string): ContextNode => ({
  name,
  path: at,
  type: 'file',
  files: 0,
  bytes: 0,
  ignoredFiles: 0,
  ignoredBytes: 0,
  warnings: 0,
  why: null,
});

const largestFirst = (one: ContextNode, other: ContextNode) =>
  other.bytes - one.bytes ||
  other.ignoredBytes - one.ignoredBytes ||
  one.name.localeCompare(other.name, 'en');

/** One directory of a context: each entry with the totals of everything below it. */
export function openLevel(directory: string) {
  const folder = openFolder(directory && `${directory}/`, newNode);
  return {
    add(entry: ContextEntry, warning: ContextWarning | null) {
      const { node, isSelf } = folder.childOf(entry.path);
      if (isSelf) {
        node.type = entry.type;
        if (entry.ignored) node.ignored = true;
        if (warning) node.why = warning.why;
      }
      if (warning) node.warnings += 1;
      if (entry.type === 'directory') return;
      if (entry.ignored) {
        node.ignoredFiles += 1;
        node.ignoredBytes += entry.size;
      } else {
        node.files += 1;
        node.bytes += entry.size;
      }
    },
    read: (source: string | null, complete: boolean): ContextLevel => ({
      source,
      ...folder.read(largestFirst, maxShown),
      complete,
    }),
  };
}
