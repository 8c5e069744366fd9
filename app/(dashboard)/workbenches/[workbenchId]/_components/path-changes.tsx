import { ChangeTree } from '@/app/_components/file-tree/change-tree';
import type { PathChange } from '@/lib/workbenches/schema';

/** Differences of a container from its image, or what one command changed. */
export function PathChanges({ changes, total }: { changes: PathChange[]; total: number }) {
  if (!total) return null;
  return (
    <ChangeTree noun="path" total={total} changes={changes.map(({ path, kind }) => ({ path, how: kind }))} />
  );
}
