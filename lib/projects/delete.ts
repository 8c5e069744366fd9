import 'server-only';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import type { ProjectId } from '@/lib/ids';
import { projectDirectory } from './files';
import { measureProject } from './measure';
import type { Deletion } from './schema';
import { between, settleFormer } from './settle';
import { countBuilds, deleteProjectRow, getProject, listSecretRows } from './store';
import { syncPath } from './sync';
import { inTurn } from './turns';
import { removeTree } from '@/lib/uploads/staging';

/** What deleting a project removes, and what it keeps. */
export async function describeDeletion(id: ProjectId): Promise<Deletion> {
  const project = await getProject(id);
  const [{ files, bytes }, secrets, builds] = await Promise.all([
    measureProject(project),
    listSecretRows(id),
    countBuilds(id),
  ]);
  return { name: project.name, files, bytes, secrets: secrets.length, builds };
}

/** Removes files, options and secrets; keeps builds in the history and images in the engine. */
export async function deleteProject(id: ProjectId): Promise<void> {
  const project = await getProject(id);
  const place = projectDirectory(project);
  const aside = between(place, 'deleted');
  await inTurn(place, async () => {
    await settleFormer(place);
    const hadFiles = existsSync(place);
    if (hadFiles) {
      await rename(place, aside);
      await syncPath(path.dirname(place));
    }
    try {
      await deleteProjectRow(id);
    } catch (error) {
      if (hadFiles) await rename(aside, place);
      throw error;
    }
    if (hadFiles) await removeTree(aside);
  });
}
