'use server';

import { z } from 'zod';
import { action } from '@/lib/actions/inline';
import { startCommit as start } from '@/lib/commits/commit';
import { openDirectory } from '@/lib/commits/review';
import { containerId, startCommitInput } from '@/lib/commits/schema';
import { can } from '@/lib/commands/permissions';
import { findCommit } from '@/lib/commits/store';
import { AppError } from '@/lib/errors';
import { copiedFiles } from '@/lib/recipes/copied-files';
import { startProjectFromRecipe } from '@/lib/recipes/create';
import { restOf } from '@/lib/recipes/load';
import { createFromRecipeInput } from '@/lib/recipes/schema';
import { loadRecording } from './_recording/load-recording';

export const startCommit = action({
  permission: 'commit:start',
  input: startCommitInput,
  run: async (input, { user }) => {
    if (input.push && !can(user, 'push:start')) throw new AppError('forbidden');
    return { id: await start(input, user) };
  },
});

/** What changed in one directory of a container that is being reviewed. */
export const openReview = action({
  permission: 'commit:start',
  input: z.object({ container: containerId, path: z.string().min(2).max(4096).startsWith('/') }),
  run: ({ container, path }) => Promise.resolve(openDirectory(container, path)),
});

/** Makes a project of the Dockerfile that a recording came to, with the files that it copies. */
export const createFromRecipe = action({
  permission: 'project:edit',
  input: createFromRecipeInput,
  run: async ({ commit: commitId, name, dockerfile }, { user }) => {
    const commit = await findCommit(commitId);
    if (!commit) throw new AppError('not_found', 'There is no such commit (any more).');
    const { source } = await loadRecording(commit);
    const { files, rest } = copiedFiles(dockerfile);
    const id = await startProjectFromRecipe(
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
