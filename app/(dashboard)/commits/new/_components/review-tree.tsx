'use client';

import { openReview } from '@/app/(dashboard)/commits/actions';
import { FileTree } from '@/app/_components/file-tree/file-tree';
import type { RowContent } from '@/app/_components/file-tree/tree-row';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { answered } from '@/app/_hooks/answered';
import { reviewRules } from '@/lib/commits/rules';
import type { ReviewNode } from '@/lib/commits/schema';
import { formatCount } from '@/lib/format/text';
import type { CommitFormState } from './use-commit-form';

const isNamed = (path: string, rules: ReadonlySet<string>) =>
  reviewRules.some((rule) => rules.has(rule.id) && rule.path(path));

/** The folders above a path, `/srv` for `/srv/site`. */
const foldersAbove = (path: string): string[] =>
  path
    .split('/')
    .slice(1, -1)
    .map((_name, index, names) => `/${names.slice(0, index + 1).join('/')}`);

function rowOf(node: ReviewNode, state: CommitFormState, mayLeaveOut: boolean): RowContent {
  const { paths, rules } = state.left;
  const isWithAnother =
    isNamed(node.path, rules) ||
    foldersAbove(node.path).some((folder) => paths.has(folder) || isNamed(folder, rules));
  const isLeft = isWithAnother || paths.has(node.path);
  const labels = node.marks.map((mark) => reviewRules.find(({ id }) => id === mark)?.label);
  return {
    path: node.path,
    name: node.name,
    type: node.isDirectory ? 'directory' : 'file',
    toggleLabel: `${node.path}, ${formatCount(node.count, 'changed path')}`,
    tick: {
      label: `Exclude ${node.path}`,
      checked: isLeft,
      disabled: !mayLeaveOut || isWithAnother,
      onChange: () => state.togglePath(node.path),
    },
    change: node.kind,
    look: isLeft ? 'struck' : 'plain',
    marks: isLeft ? undefined : labels.join(', '),
    size: (
      <>
        {node.kind === 'removed' && !node.isDirectory ? null : <ByteSize bytes={node.size} />}
        {node.partial ? '+' : null}
      </>
    ),
  };
}

/** The changed paths as a tree; a directory's children are loaded when it is opened. */
export function ReviewTree({
  roots,
  container,
  state,
  mayLeaveOut,
}: {
  roots: ReviewNode[];
  container: string;
  state: CommitFormState;
  mayLeaveOut: boolean;
}) {
  return (
    <div>
      <div className="flex items-baseline justify-between gap-3 border-b border-line pb-1 text-xs text-faint">
        <span>Tick to exclude a path and its contents</span>
        <span>Size</span>
      </div>
      <FileTree
        level={{ nodes: roots, more: 0 }}
        label="Changed paths"
        load={({ path }) => answered(openReview)({ container, path })}
        row={(node) => rowOf(node, state, mayLeaveOut)}
        nameBelow={({ path }) => `Changes in ${path}`}
        more={(count) => `${formatCount(count, 'more')}, excluded or kept with the directory`}
      />
    </div>
  );
}
