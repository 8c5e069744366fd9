'use client';

import { type ReactNode, useState, useTransition } from 'react';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Waiting } from '@/app/_components/ui/waiting';
import type { ActionFailure, ActionResult } from '@/lib/actions/result';
import type { Level } from '@/lib/filetree/folder';
import { moveByKey } from './move-by-key';
import { TreeRow, type RowContent } from './tree-row';

type Contents<Node> =
  /** Reads the entries of a folder when it is first opened. */
  | { load: (node: Node) => Promise<ActionResult<Level<Node>>>; below?: undefined }
  /** The entries of a folder, if the page has them already. */
  | { below: (node: Node) => Level<Node>; load?: undefined };

type TreeProps<Node> = Contents<Node> & {
  row: (node: Node) => RowContent;
  /** Accessible name of a folder's list of entries. */
  nameBelow?: (node: Node) => string;
  /** Number of entries that are not listed. */
  more: (count: number) => ReactNode;
};

type FileTreeProps<Node> = TreeProps<Node> & { level: Level<Node>; label?: string };

/**
 * A tree of files whose folders are read when they are opened. The up and down keys move from row to row; right and
 * left open and close a folder.
 */
export function FileTree<Node>({ level, label, ...tree }: FileTreeProps<Node>) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- handles the keys of the buttons and links in it
    <div onKeyDown={moveByKey}>
      <Rows level={level} label={label} {...tree} />
    </div>
  );
}

function Rows<Node>({ level, label, ...tree }: FileTreeProps<Node>) {
  return (
    <ul aria-label={label}>
      {level.nodes.map((node) => {
        const { path, version } = tree.row(node);
        return <Branch key={`${path} ${version ?? ''}`} node={node} {...tree} />;
      })}
      {level.nodes.length === 0 ? <li className="py-0.5 pl-6 text-sm text-muted">empty</li> : null}
      {level.more > 0 ? <li className="py-1 pl-6 text-sm text-muted">{tree.more(level.more)}</li> : null}
    </ul>
  );
}

function Branch<Node>({ node, ...tree }: TreeProps<Node> & { node: Node }) {
  const [isOpen, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<Level<Node> | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [pending, startTransition] = useTransition();

  const toggle = () => {
    setOpen(!isOpen);
    const { load } = tree;
    if (isOpen || loaded || !load) return;
    startTransition(async () => {
      const result = await load(node);
      setFailure(result.ok ? null : result);
      if (result.ok) setLoaded(result.data);
    });
  };
  const level = isOpen ? (tree.below?.(node) ?? loaded) : null;
  return (
    <li>
      <TreeRow {...tree.row(node)} isOpen={isOpen} onToggle={toggle} />
      {isOpen ? (
        <div className="ml-2.5 border-l border-line pl-2">
          {pending ? <Waiting className="py-1 text-sm text-muted">Reading…</Waiting> : null}
          {failure ? <ErrorState error={failure} /> : null}
          {level ? <Rows level={level} label={tree.nameBelow?.(node)} {...tree} /> : null}
        </div>
      ) : null}
    </li>
  );
}
