import 'server-only';
import { command } from '@/lib/commands/command';
import { findCommit } from '@/lib/commits/store';
import { getEngine } from '@/lib/engine/engines';
import { AppError } from '@/lib/errors';
import { startedOperation } from '@/lib/operations/schema';
import { copiedFiles } from './copied-files';
import { startProjectFromRecipe } from './create';
import { restOf } from './load';
import { loadRecording } from './recording';
import { createFromRecipeInput } from './schema';

/** Creates a project from a generated Dockerfile, with the files that it copies. */
export const createFromRecipe = command({
  name: 'recipe.create-project',
  permission: 'project:edit',
  input: createFromRecipeInput,
  output: startedOperation,
  run: async ({ commit: commitId, name, dockerfile }, { user }) => {
    const commit = await findCommit(commitId);
    if (!commit) throw new AppError('not_found', 'No such commit.');
    const { source } = await loadRecording(commit);
    const { files, rest } = copiedFiles(dockerfile);
    const id = await startProjectFromRecipe(
      getEngine(commit.engineId),
      {
        name,
        dockerfile,
        files,
        rest: rest ? restOf(source) : [],
        commitId,
        imageId: source.imageId,
        imageName: commit.reference ?? source.imageId.slice(7, 19),
        baseId: source.baseId,
      },
      user,
    );
    return { id };
  },
});
