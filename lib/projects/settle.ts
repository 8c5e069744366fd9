import 'server-only';
import { existsSync, renameSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '@/lib/errors';
import { projectsDirectory } from './files';
import { listFolders } from './store';
import { syncPath, syncTree } from './sync';
import { asDiskFullError } from '@/lib/uploads/disk-space';
import { removeTree } from '@/lib/uploads/staging';

/**
 * Where files stand while a project is made, replaced or deleted. The name says what becomes of them after a crash:
 * - new: they are the project's when it is listed, else nobody's.
 * - former: they are the project's as long as no others have taken their place.
 * - deleted: they are the project's as long as it is listed.
 */
type Between = 'new' | 'former' | 'deleted';

/** In the projects' directory, so that one sync holds both names; no project's folder has a dot. */
export const between = (place: string, state: Between): string =>
  path.join(path.dirname(place), `.${path.basename(place)}.${state}`);

const betweenName = /^\.([^.]+)\.(new|former|deleted)$/;

async function settle(place: string, aside: string, isOwned: boolean): Promise<'restored' | 'removed'> {
  if (!isOwned || existsSync(place)) {
    await removeTree(aside);
    return 'removed';
  }
  await rename(aside, place);
  await syncPath(path.dirname(place));
  return 'restored';
}

/**
 * At start-up: finishes or undoes what a killed server was doing with a project's files. Each project then has exactly
 * the old or exactly the new ones. Returns how many were put back.
 */
export async function settleProjects(): Promise<number> {
  const directory = projectsDirectory();
  if (!existsSync(directory)) return 0;
  const listed = new Set(await listFolders());
  let restored = 0;
  for (const name of await readdir(directory)) {
    const [, folder, state] = betweenName.exec(name) ?? [];
    if (!folder) continue;
    const isOwned = state === 'former' || listed.has(folder);
    try {
      const outcome = await settle(path.join(directory, folder), path.join(directory, name), isOwned);
      if (outcome === 'restored') restored += 1;
    } catch (error) {
      console.error(`The files in ${path.join(directory, name)} stay there: ${messageOf(error)}`);
    }
  }
  return restored;
}

/** Puts the old files back where a replacement could not, before anything new comes. */
export async function settleFormer(place: string): Promise<void> {
  const former = between(place, 'former');
  if (existsSync(former)) await settle(place, former, true);
}

function putBack(former: string, place: string) {
  try {
    if (existsSync(former)) renameSync(former, place);
  } catch (error) {
    console.error(`The files in ${former} come back at the next start: ${messageOf(error)}`);
  }
}

/** Puts a directory, from the same file system, in the place of a project's; the old files go. Whole or not at all. */
export async function switchFiles(place: string, fresh: string): Promise<void> {
  const former = between(place, 'former');
  await syncTree(fresh);
  const hadFiles = existsSync(place);
  try {
    // Synchronous: nothing else of this process runs between the two, and sees a project without files.
    if (hadFiles) renameSync(place, former);
    renameSync(fresh, place);
  } catch (error) {
    putBack(former, place);
    throw asDiskFullError(error);
  }
  await syncPath(path.dirname(place));
  if (hadFiles) await removeTree(former);
}
