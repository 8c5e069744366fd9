import { limits as defaults, type Limits } from '@/lib/uploads/schema';
import type { Warn } from './entry';
import { refuseEntry, refuseLarge, showName } from './refuse';

type NodeType = 'file' | 'directory' | 'symlink';

/** The entries so far, to refuse duplicates and entries below something that is not a directory. */
interface Tree {
  /** Adds an entry and its parent directories; returns the new directories, outermost first. */
  add(parts: string[], type: NodeType): string[];
  typeOf(path: string): NodeType | undefined;
  /** Names in the root. */
  tops(): string[];
}

const words: Record<NodeType, string> = { file: 'a file', directory: 'a directory', symlink: 'a link' };

export function openTree(warn: Warn, limits: Limits = defaults): Tree {
  const nodes = new Map<string, NodeType>();
  // Names that some systems treat as equal.
  const folded = new Map<string, string>();
  const tops = new Set<string>();

  function insert(path: string, type: NodeType) {
    if (nodes.size >= limits.entries) throw refuseLarge(`has more than ${limits.entries} entries`);
    nodes.set(path, type);
    const key = path.normalize('NFC').toLowerCase();
    const twin = folded.get(key);
    if (twin === undefined) folded.set(key, path);
    else warn(`“${showName(twin)}” and “${showName(path)}” are the same name on some systems.`);
  }

  return {
    add(parts, type) {
      const made: string[] = [];
      const path = parts.join('/');
      for (let depth = 1; depth < parts.length; depth++) {
        const parent = parts.slice(0, depth).join('/');
        const is = nodes.get(parent);
        if (is === 'directory') continue;
        if (is) throw refuseEntry(path, `is below “${showName(parent)}”, which is ${words[is]}`);
        insert(parent, 'directory');
        made.push(parent);
      }
      const before = nodes.get(path);
      if (before && (before !== 'directory' || type !== 'directory'))
        throw refuseEntry(path, before === type ? 'exists twice' : `exists twice, once as ${words[before]}`);
      if (!before) {
        insert(path, type);
        if (type === 'directory') made.push(path);
      }
      tops.add(parts[0]!);
      return made;
    },
    typeOf: (path) => nodes.get(path),
    tops: () => [...tops],
  };
}
