import { formatBytes } from '@/lib/format/bytes';
import type { FileChange } from '@/lib/builds/file-changes';
import { ChangeTree } from './change-tree';

function sizeText({ how, before, after, modeOnly }: FileChange): string {
  if (how === 'added') return formatBytes(after ?? 0);
  if (how === 'removed') return formatBytes(before ?? 0);
  if (modeOnly) return 'permissions only';
  return before === after
    ? `${formatBytes(after ?? 0)}, content changed`
    : `${formatBytes(before ?? 0)} → ${formatBytes(after ?? 0)}`;
}

/** Files that were added, changed or removed, with their sizes. */
export function FileChanges({ changes, most }: { changes: readonly FileChange[]; most: number }) {
  return (
    <ChangeTree
      noun="file"
      total={changes.length}
      changes={changes
        .slice(0, most)
        .map((change) => ({ path: change.path, how: change.how, size: sizeText(change) }))}
    />
  );
}
