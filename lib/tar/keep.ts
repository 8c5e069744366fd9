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
      hint: 'Exclude both or neither.',
    },
  );

/**
 * Filters the tar of a file system, block by block. `changed`: if the target of a kept hard link is one of these, it must
 * be kept, too; other targets exist in the base image.
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
