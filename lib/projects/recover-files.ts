import 'server-only';
import type { OperationId, ProjectId } from '@/lib/ids';
import { measureProject } from './measure';
import { findProject } from './store';

/** Where an operation was to put files: a project that it makes, or one that is there. */
type Into = { to: 'new' } | { to: 'project' };

interface MadeProject {
  projectId: ProjectId;
  files: number;
  bytes: number;
}

/**
 * The project that an operation made before the server was killed; null without one. Its files are in place by then:
 * settleProjects finishes or undoes what was under way with them, and sweepUploads empties the staging directory.
 */
export async function findMadeProject(operationId: OperationId, into: Into): Promise<MadeProject | null> {
  const id: string = operationId;
  const project = into.to === 'new' ? await findProject(id) : null;
  if (!project) return null;
  const { files, bytes } = await measureProject(project);
  return { projectId: project.id, files: files ?? 0, bytes: bytes ?? 0 };
}

export const madeMessage = 'The project was created. The server stopped before it could say so.';

export const interruptedMessage = ({ to }: Into): string =>
  to === 'new'
    ? 'Interrupted: the server stopped while this ran. No project was created.'
    : 'Interrupted: the server stopped while this ran. The project’s files are all as before, or all new.';
