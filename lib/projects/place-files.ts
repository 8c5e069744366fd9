import 'server-only';
import { chmod, link, mkdir, rename, symlink } from 'node:fs/promises';
import path from 'node:path';
import { contextRoot } from '@/lib/contexts/files';
import { walkContext } from '@/lib/contexts/walk';
import { AppError } from '@/lib/errors';
import { makeDirectories, makeDirectory } from './default-modes';
import { resolveInside } from './resolve-inside';
import { settleFormer, switchFiles } from './settle';
import { whenUnread } from './turns';
import { asDiskFullError } from '@/lib/uploads/disk-space';
import { withStaging } from '@/lib/uploads/staging';

/** Replaces all files of a project by those of a directory, which is moved to its place. */
export const replaceFiles = (project: string, fresh: string, signal?: AbortSignal): Promise<void> =>
  whenUnread(
    project,
    async () => {
      await settleFormer(project);
      await switchFiles(project, fresh);
    },
    signal,
  );

const inTheWay = (file: string, isDirectory: boolean) =>
  new AppError(
    'conflict',
    isDirectory
      ? `“${file}” is a directory in the upload, but a file in the project.`
      : `“${file}” is a file in the upload, but a directory in the project.`,
    { hint: 'Nothing was changed. Rename or delete one of the two, then upload again.' },
  );

/** A second tree with hard links to the same files: takes no space for their content. */
async function linkTree(from: string, to: string): Promise<void> {
  await makeDirectory(to);
  for await (const entries of walkContext(await contextRoot(from)))
    for (const entry of entries) {
      const [source, target] = [path.join(from, entry.path), path.join(to, entry.path)];
      if (entry.type === 'file') await link(source, target);
      else if (entry.type === 'symlink') await symlink(entry.linkname, target);
      else {
        await mkdir(target, { mode: 0o700 });
        await chmod(target, entry.mode & 0o7777);
      }
    }
}

/** Checks everything before the first move. */
async function planMoves(project: string, into: string, fresh: string) {
  const target = await resolveInside(project, into);
  if (target.stats && !target.stats.isDirectory()) throw inTheWay(into, true);
  const moves: { from: string; to: string; isDirectory: boolean }[] = [];
  let replaced = 0;
  for await (const entries of walkContext(await contextRoot(fresh)))
    for (const entry of entries) {
      const file = into ? `${into}/${entry.path}` : entry.path;
      const { stats } = await resolveInside(project, file);
      const isDirectory = entry.type === 'directory';
      if (stats && stats.isDirectory() !== isDirectory) throw inTheWay(file, isDirectory);
      if (stats && !isDirectory) replaced += 1;
      if (!stats || !isDirectory) moves.push({ from: path.join(fresh, entry.path), to: file, isDirectory });
    }
  return { moves, replaced };
}

/**
 * Moves everything in a directory into a project, below `into`, and replaces files of the same name. All or nothing,
 * also if the disk is full or the server crashes.
 */
export const addFiles = (
  project: string,
  into: string,
  fresh: string,
  signal?: AbortSignal,
): Promise<{ replaced: number }> =>
  whenUnread(
    project,
    async () => {
      await settleFormer(project);
      const { moves, replaced } = await planMoves(project, into, fresh);
      await withStaging(async (staging) => {
        const merged = path.join(staging, 'merged');
        try {
          await linkTree(project, merged);
          await makeDirectories(path.join(merged, into));
          for (const { from, to, isDirectory } of moves)
            await (isDirectory ? makeDirectory(path.join(merged, to)) : rename(from, path.join(merged, to)));
        } catch (error) {
          throw asDiskFullError(error);
        }
        await switchFiles(project, merged);
      });
      return { replaced };
    },
    signal,
  );
