import type { ContextFile } from '@/lib/contexts/schema';
import { diffPaths, type PathChange } from '@/lib/filetree/diff';

export interface FileChange extends Pick<PathChange<ContextFile>, 'path' | 'how'> {
  /** Bytes; null where it was not there. */
  before: number | null;
  after: number | null;
  /** Its content is the same: only its permissions changed. */
  modeOnly: boolean;
}

/** What differs between the files of two builds, by name: content, target of a link, or permissions. */
export const diffFiles = (before: readonly ContextFile[], now: readonly ContextFile[]): FileChange[] =>
  diffPaths(before, now, (one, other) => one.digest === other.digest && one.mode === other.mode).map(
    ({ path, how, before: old, after }) => ({
      path,
      how,
      before: old?.size ?? null,
      after: after?.size ?? null,
      modeOnly: how === 'changed' && old?.digest === after?.digest,
    }),
  );
