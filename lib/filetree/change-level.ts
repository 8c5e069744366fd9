import { entriesBelow, type Level, openFolder } from './folder';

/** A changed path, or a directory with changes below it. */
export interface ChangeNode<Change> {
  path: string;
  /** From the directory it is listed in: `lib/x` where `lib` holds nothing else. */
  name: string;
  /** Its own; null for a directory that only holds changes. */
  change: Change | null;
  isDirectory: boolean;
  /** Changes at and below it. */
  count: number;
}

/** Children shown per directory. */
const shownChildren = 500;

function levelOf<Change extends { path: string }>(
  changes: readonly Change[],
  directory: string,
): Level<ChangeNode<Change>> {
  const prefix = directory ? `${directory}/` : changes[0]?.path.startsWith('/') ? '/' : '';
  const folder = openFolder(prefix, (name, path): ChangeNode<Change> => ({
    path,
    name: directory ? name : path,
    change: null,
    isDirectory: false,
    count: 0,
  }));
  for (const change of entriesBelow(changes, prefix)) {
    const { node, isSelf } = folder.childOf(change.path);
    node.count += 1;
    if (isSelf) node.change = change;
    else node.isDirectory = true;
  }
  return folder.read((one, other) => (one.name < other.name ? -1 : 1), shownChildren);
}

/** A directory that holds only one entry is shown as one with it. */
function joined<Change extends { path: string }>(
  changes: readonly Change[],
  node: ChangeNode<Change>,
): ChangeNode<Change> {
  if (node.change || !node.isDirectory) return node;
  const [only, ...others] = levelOf(changes, node.path).nodes;
  if (!only || others.length > 0) return node;
  return joined(changes, { ...only, name: `${node.name}/${only.name}` });
}

/** The changes in a directory; '' is the top, of relative paths as of absolute ones. Changes are sorted by path. */
export function changeLevel<Change extends { path: string }>(
  changes: readonly Change[],
  directory: string,
): Level<ChangeNode<Change>> {
  const { nodes, more } = levelOf(changes, directory);
  return { nodes: nodes.map((node) => joined(changes, node)), more };
}
