import 'server-only';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { projectDirectory } from './files';
import { measureProject } from './measure';
import type { Deletion } from './schema';
import { countBuilds, deleteProjectRow, getProject, listSecretRows } from './store';
import { withStaging } from './uploads/staging';

/** What deleting a project would remove, and what would stay. */
export async function describeDeletion(id: string): Promise<Deletion> {
  const project = await getProject(id);
  const [{ files, bytes }, secrets, builds] = await Promise.all([
    measureProject(project),
    listSecretRows(id),
    countBuilds(id),
  ]);
  return { name: project.name, files, bytes, secrets: secrets.length, builds };
}

/** Files, options and secrets go; builds stay in the history, and images in the engine. */
export async function deleteProject(id: string): Promise<void> {
  const project = await getProject(id);
  const place = projectDirectory(project);
  await withStaging(async (staging) => {
    const aside = path.join(staging, 'deleted');
    const moved = await rename(place, aside).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false; // its files are gone already
        throw error;
      },
    );
    try {
      await deleteProjectRow(id);
    } catch (error) {
      if (moved) await rename(aside, place);
      throw error;
    }
  });
}
