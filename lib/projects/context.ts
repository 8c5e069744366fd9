import 'server-only';
import { type BuildContext, openContext } from '@/lib/contexts/context';
import { previewFolder } from '@/lib/contexts/preview';
import type { ContextLevel } from '@/lib/contexts/schema';
import { notThere, projectDirectory } from './files';
import { resolveInside } from './resolve-inside';
import type { Project } from './schema';

/** The build context of a project. */
export const openProjectContext = (
  project: Project,
  dockerfile: string = project.options.dockerfile,
): Promise<BuildContext> =>
  openContext({ directory: projectDirectory(project), dockerfile, sharedKey: `layerwright-${project.id}` });

/** One directory of the context, by a path from the browser. */
export async function readContextLevel(context: BuildContext, folder: string): Promise<ContextLevel> {
  const { stats } = await resolveInside(context.root, folder);
  if (!stats?.isDirectory()) throw notThere(folder);
  return previewFolder(context, folder);
}
