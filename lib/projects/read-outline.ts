import 'server-only';
import { readDockerfile } from '@/lib/contexts/read-dockerfile';
import { type DockerfileOutline, outlineDockerfile } from '@/lib/dockerfiles/outline';
import { AppError } from '@/lib/errors';
import { projectDirectory } from './files';
import type { Project } from './schema';

/** The outline of the project's Dockerfile; null if it cannot be read. */
export async function readOutline(project: Project): Promise<DockerfileOutline | null> {
  try {
    return outlineDockerfile(await readDockerfile(projectDirectory(project), project.options.dockerfile));
  } catch (error) {
    if (error instanceof AppError) return null; // the preview and the build report it
    throw error;
  }
}
