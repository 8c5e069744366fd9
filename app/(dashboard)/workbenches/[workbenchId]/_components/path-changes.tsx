import { ChangeSign } from '@/app/_components/file-tree/change-sign';
import type { PathChange } from '@/lib/workbenches/schema';

/** Rows rendered at most. */
const drawn = 500;

export function PathChanges({ changes, total }: { changes: PathChange[]; total: number }) {
  if (!total) return null;
  const shown = changes.slice(0, drawn);
  return (
    <div>
      <ul aria-label="Changed paths" className="max-h-80 overflow-y-auto font-mono text-xs">
        {shown.map(({ path, kind }) => (
          <li key={path} className="flex gap-1.5">
            <ChangeSign how={kind} />
            <span className="min-w-0 break-all">{path}</span>
          </li>
        ))}
      </ul>
      {total > shown.length ? <p className="text-xs text-muted">… and {total - shown.length} more</p> : null}
    </div>
  );
}
