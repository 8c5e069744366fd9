import 'server-only';
import { startOperation } from '@/lib/operations/start';
import { getProject } from '@/lib/projects/store';
import { type StartBuildInput, startBuildInput } from './schema';
import { insertBuild } from './store';

/** Queues a build of a project, with its own options unless others are given. Returns the operation's id at once. */
export async function startBuild(
  input: StartBuildInput,
  user: { id: string; name: string },
): Promise<string> {
  const { projectId, options: asked, push } = startBuildInput.parse(input);
  const project = await getProject(projectId);
  const options = asked ?? project.options;
  return startOperation(
    {
      kind: 'build',
      title: project.name,
      input: { projectId, options, push },
      user,
    },
    (id) =>
      insertBuild({ id, projectId, projectName: project.name, dockerfile: options.dockerfile, options }),
  );
}
