'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { action } from '@/lib/actions/inline';
import { cancelOperation } from '@/lib/operations/cancel';
import { operationId } from '@/lib/operations/schema';
import {
  changeGitSource,
  connectSource,
  disconnectSource,
  fetchOperation,
  startGitProject,
  startRefresh,
} from '@/lib/projects/git/fetch-operation';
import { scanHostKeys } from '@/lib/projects/git/scan-host-keys';
import { changedGitSource, connectedGitSource, gitUrl, newGitProject } from '@/lib/projects/git/schema';
import { projectId } from '@/lib/projects/schema';

const byId = z.object({ id: projectId });

export const createFromGit = action({
  permission: 'project:edit',
  input: newGitProject,
  run: async (input, { user }) => ({ id: await startGitProject(input, user) }),
});

export const refreshFromGit = action({
  permission: 'project:edit',
  input: byId,
  run: async ({ id }, { user }) => ({ id: await startRefresh(id, user) }),
});

export const changeGit = action({
  permission: 'project:edit',
  input: changedGitSource,
  run: async (input) => {
    await changeGitSource(input);
    refresh();
  },
});

export const connectGit = action({
  permission: 'project:edit',
  input: connectedGitSource,
  run: async (input) => {
    await connectSource(input);
    refresh();
  },
});

export const disconnectGit = action({
  permission: 'project:edit',
  input: byId,
  run: async ({ id }) => {
    await disconnectSource(id);
    refresh();
  },
});

/** Asks a server for the keys that it is known by, to be compared by a person. */
export const readHostKeys = action({
  permission: 'project:edit',
  input: z.object({ url: gitUrl }),
  run: ({ url }) => scanHostKeys(url),
});

/** null while it is not known. */
export const readFetchResult = action({
  permission: 'project:read',
  input: z.object({ id: operationId }),
  run: async ({ id }) => (await fetchOperation.get(id)).result,
});

export const cancelFetch = action({
  permission: 'project:edit',
  input: z.object({ id: operationId }),
  run: async ({ id }, { user }) => {
    await fetchOperation.get(id);
    return { status: await cancelOperation(id, user.name) };
  },
});
