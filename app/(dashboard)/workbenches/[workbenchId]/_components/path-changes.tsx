import type { ChangeKind, PathChange } from '@/lib/workbenches/schema';

const words: Record<ChangeKind, { sign: string; word: string; color: string }> = {
  added: { sign: '+', word: 'added', color: 'text-succeeded-ink' },
  changed: { sign: '~', word: 'changed', color: 'text-interrupted-ink' },
  removed: { sign: '−', word: 'removed', color: 'text-failed-ink' },
};

/** Rows drawn at once: more is for a download, not for a list. */
const drawn = 500;

export function PathChanges({ changes, total }: { changes: PathChange[]; total: number }) {
  if (!total) return null;
  const shown = changes.slice(0, drawn);
  return (
    <div>
      <ul aria-label="Changed paths" className="max-h-80 overflow-y-auto font-mono text-xs">
        {shown.map(({ path, kind }) => (
          <li key={path} className="flex gap-1.5">
            <span className={words[kind].color} title={words[kind].word}>
              {words[kind].sign}
              <span className="sr-only"> {words[kind].word}</span>
            </span>
            <span className="min-w-0 break-all">{path}</span>
          </li>
        ))}
      </ul>
      {total > shown.length ? <p className="text-xs text-muted">… and {total - shown.length} more</p> : null}
    </div>
  );
}
