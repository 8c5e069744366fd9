import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { renameOperation } from '@/lib/operations/store';
import { getProject } from '@/lib/projects/store';
import type { Actor } from '@/lib/ids';
import { buildOperation } from './run';
import { type StartBuildInput, startBuildInput } from './schema';
import { insertBuild } from './store';

/** Queues a build of a project, with its own options unless others are given. Returns the operation's id at once. */
export async function startBuild(
  engine: Engine,
  input: StartBuildInput,
  user: Actor,
  { hostAllowed = false } = {},
): Promise<string> {
  const { projectId, options: asked, push } = startBuildInput.parse(input);
  const project = await getProject(projectId);
  const options = asked ?? project.options;
  const { name } = project;
  const request = { engine, title: name, input: { projectId, options, push, hostAllowed }, user };
  return buildOperation.start(request, async (tx, id) => {
    const build = { id, projectId, projectName: name, dockerfile: options.dockerfile, options };
    await renameOperation(tx, id, `${name} #${await insertBuild(tx, build)}`);
  });
}
