import { AppError } from '@/lib/errors';
import { endOfArchive, readEntries } from './entries';

export interface KeptProgress {
  bytes: number;
  paths: number;
}

const sameFile = (path: string, other: string) =>
  new AppError(
    'invalid_input',
    `${path} and ${other} are one file under two names, and only one is left out.`,
    {
      hint: 'Leave out both, or none.',
    },
  );

/**
 * The tar of a file system with only those paths in it, passed on block by block. `changed`: a name that a kept hard link
 * leads to must be kept, too, when it is one of these; the others are there without us.
 */
export async function* keepEntries(
  source: AsyncIterable<Uint8Array>,
  kept: ReadonlySet<string>,
  changed: ReadonlySet<string>,
  progress: KeptProgress = { bytes: 0, paths: 0 },
): AsyncGenerator<Buffer, void, void> {
  for await (const entry of readEntries(source)) {
    const path = `/${entry.path}`;
    if (!kept.has(path)) continue;
    const target = `/${entry.target}`;
    if (entry.type === 'hardlink' && changed.has(target) && !kept.has(target)) throw sameFile(path, target);
    progress.paths += 1;
    progress.bytes += entry.size;
    for await (const block of entry.blocks()) yield block;
  }
  yield endOfArchive();
}
