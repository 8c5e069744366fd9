import { ChangeSign } from '@/app/_components/file-tree/change-sign';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import type { FileChange } from '@/lib/builds/file-changes';

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
    <>
      <ul
        aria-label="Changed files"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by the keyboard too
        tabIndex={0}
        className="max-h-80 overflow-y-auto font-mono text-sm"
      >
        {changes.slice(0, most).map((change) => (
          <li key={change.path} className="flex items-baseline gap-2 py-0.5">
            <ChangeSign how={change.how} />
            <span className="min-w-0 flex-1 break-all">{change.path}</span>
            <span className="shrink-0 text-right text-muted max-sm:max-w-32">{sizeText(change)}</span>
          </li>
        ))}
      </ul>
      {changes.length > most ? (
        <p className="mt-1 text-sm text-muted">
          The first {most} of {formatCount(changes.length, 'file')}.
        </p>
      ) : null}
    </>
  );
}
