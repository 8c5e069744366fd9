import 'server-only';
import { startOperation } from '@/lib/operations/start';
import { renameOperation } from '@/lib/operations/store';
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
    async (id) => {
      const { name } = project;
      const build = { id, projectId, projectName: name, dockerfile: options.dockerfile, options };
      await renameOperation(id, `${name} #${await insertBuild(build)}`);
    },
  );
}
