'use server';

import { z } from 'zod';
import { action } from '@/lib/actions/action';
import { startCommit as start } from '@/lib/commits/commit';
import { openDirectory } from '@/lib/commits/review';
import { containerId, startCommitInput } from '@/lib/commits/schema';
import { can } from '@/lib/auth/permissions';
import { AppError } from '@/lib/errors';

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
