'use client';

import { useState } from 'react';
import { SearchField } from '@/app/_components/ui/search-field';
import { changeLevel, type ChangeNode } from '@/lib/filetree/change-level';
import type { Level } from '@/lib/filetree/folder';
import { formatCount } from '@/lib/format/text';
import type { ChangeHow } from './change-sign';
import { FileTree } from './file-tree';
import type { RowContent } from './tree-row';

interface ListedChange {
  path: string;
  how: ChangeHow;
  /** In words, with what it was before. */
  size?: string;
}

/** Up to this many are read faster as a list of whole paths. */
const listed = 20;

type Node = ChangeNode<ListedChange>;

const flatLevel = (changes: ListedChange[]): Level<Node> => ({
  nodes: changes.map((change) => ({
    path: change.path,
    name: change.path,
    change,
    isDirectory: false,
    count: 1,
  })),
  more: 0,
});

function rowOf({ path, name, change, isDirectory, count }: Node, noun: string): RowContent {
  return {
    path,
    name,
    type: isDirectory ? 'directory' : 'file',
    toggleLabel: `${path}, ${formatCount(count, `changed ${noun}`)}`,
    change: change?.how ?? null,
    size: isDirectory ? formatCount(count, noun) : change?.size,
  };
}

interface ChangeTreeProps {
  changes: readonly ListedChange[];
  /** Of which `changes` are the first. */
  total: number;
  noun: 'file' | 'path';
}

/** Paths that were added, changed or removed: a few as a list, many as a tree with a filter. */
export function ChangeTree({ changes, total, noun }: ChangeTreeProps) {
  const [filter, setFilter] = useState('');
  const wanted = filter.toLowerCase();
  const found = changes
    .filter(({ path }) => path.toLowerCase().includes(wanted))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return (
    <div className="flex flex-col gap-1">
      {changes.length > listed ? (
        <SearchField label={`Filter ${noun}s`} value={filter} onValueChange={setFilter} />
      ) : null}
      {found.length > 0 ? (
        <div tabIndex={0} className="max-h-80 overflow-y-auto">
          <FileTree
            label={`Changed ${noun}s`}
            level={found.length > listed ? changeLevel(found, '') : flatLevel(found)}
            below={({ path }) => changeLevel(found, path)}
            row={(node) => rowOf(node, noun)}
            nameBelow={({ path }) => `Changes in ${path}`}
            more={(count) => formatCount(count, 'more entry', 'more entries')}
          />
        </div>
      ) : filter ? (
        <p className="text-sm text-muted">No changed {noun} matches.</p>
      ) : null}
      {total > changes.length ? (
        <p className="text-sm text-muted">
          The first {changes.length.toLocaleString('en-US')} of {formatCount(total, noun)}.
        </p>
      ) : null}
    </div>
  );
}
