import 'server-only';
import { AppError } from '@/lib/errors';
import { outlineDockerfile } from './dockerfile';
import { projectDirectory, readSmallFile } from './files';
import type { DockerfileOutline, Project } from './schema';

/** What the project's Dockerfile offers; null where there is none that can be read. */
export async function readOutline(project: Project): Promise<DockerfileOutline | null> {
  try {
    const text = await readSmallFile(projectDirectory(project), project.options.dockerfile);
    return text === null ? null : outlineDockerfile(text);
  } catch (error) {
    if (error instanceof AppError) return null; // the preview and the build say what is wrong with it
    throw error;
  }
}
