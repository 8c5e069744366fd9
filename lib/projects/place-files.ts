import 'server-only';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { listContext } from './context';
import { resolveInside } from './resolve-inside';

/** All files of a project are replaced by those of a directory, which then holds the old ones. */
export async function replaceFiles(project: string, fresh: string, aside: string): Promise<void> {
  await rename(project, aside);
  try {
    await rename(fresh, project);
  } catch (error) {
    await rename(aside, project);
    throw error;
  }
}

const inTheWay = (file: string, isDirectory: boolean) =>
  new AppError(
    'conflict',
    isDirectory
      ? `“${file}” is a directory in the upload, and a file in the project.`
      : `“${file}” is a file in the upload, and a directory in the project.`,
    { hint: 'Nothing was changed. Rename or delete one of the two, then upload again.' },
  );

/**
 * Moves everything in a directory into a project, below `into`; files of the same name are replaced. Looks at all of it
 * before the first is moved.
 */
export async function addFiles(project: string, into: string, fresh: string): Promise<{ replaced: number }> {
  const target = await resolveInside(project, into);
  if (target.stats && !target.stats.isDirectory()) throw inTheWay(into, true);
  const moves: { from: string; to: string; isDirectory: boolean }[] = [];
  let replaced = 0;
  for await (const entry of listContext(fresh, () => false)) {
    const file = into ? `${into}/${entry.path}` : entry.path;
    const { absolute, stats } = await resolveInside(project, file);
    const isDirectory = entry.type === 'directory';
    if (stats && stats.isDirectory() !== isDirectory) throw inTheWay(file, isDirectory);
    if (stats && !isDirectory) replaced += 1;
    if (!stats || !isDirectory) moves.push({ from: path.join(fresh, entry.path), to: absolute, isDirectory });
  }
  await mkdir(target.absolute, { recursive: true });
  for (const { from, to, isDirectory } of moves) await (isDirectory ? mkdir(to) : rename(from, to));
  return { replaced };
}
