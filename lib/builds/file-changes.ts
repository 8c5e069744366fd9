import type { ContextFile } from '@/lib/contexts/schema';

export interface FileChange {
  path: string;
  how: 'added' | 'changed' | 'removed';
  /** Bytes; null where it was not there. */
  before: number | null;
  after: number | null;
  /** Its content is the same: only its permissions changed. */
  modeOnly: boolean;
}

/** What differs between the files of two builds, by name: content, target of a link, or permissions. */
export function diffFiles(before: readonly ContextFile[], now: readonly ContextFile[]): FileChange[] {
  const known = new Map(before.map((file) => [file.path, file]));
  const changes: FileChange[] = [];
  for (const file of now) {
    const old = known.get(file.path);
    known.delete(file.path);
    const { path, size: after } = file;
    if (!old) changes.push({ path, how: 'added', before: null, after, modeOnly: false });
    else if (old.digest !== file.digest || old.mode !== file.mode)
      changes.push({ path, how: 'changed', before: old.size, after, modeOnly: old.digest === file.digest });
  }
  for (const { path, size } of known.values())
    changes.push({ path, how: 'removed', before: size, after: null, modeOnly: false });
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
