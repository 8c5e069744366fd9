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
 * Where files are while a project is created, replaced or deleted. The name determines what happens after a crash:
 * - new: they belong to the project if it is stored, otherwise they are removed.
 * - former: they belong to the project unless other files have taken their place.
 * - deleted: they belong to the project while it is stored.
 */
type Between = 'new' | 'former' | 'deleted';

/** In the projects' directory, so that one sync covers both names; no project's directory name has a dot. */
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
 * At start-up: completes or reverts changes of a killed server. Afterwards each project has exactly its old or its
 * new files. Returns the number of restored projects.
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

/** Restores the old files if a replacement failed, before the next change. */
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

/** Moves a directory of the same file system to the place of a project's; the old files are removed. Atomic. */
export async function switchFiles(place: string, fresh: string): Promise<void> {
  const former = between(place, 'former');
  await syncTree(fresh);
  const hadFiles = existsSync(place);
  try {
    // Synchronous, so that nothing else in this process sees a project without files in between.
    if (hadFiles) renameSync(place, former);
    renameSync(fresh, place);
  } catch (error) {
    putBack(former, place);
    throw asDiskFullError(error);
  }
  await syncPath(path.dirname(place));
  if (hadFiles) await removeTree(former);
}
