import 'server-only';
import { z } from 'zod';
import { command, noOutput, query } from '@/lib/commands/command';
import { defaultEngine } from '@/lib/engine/engines';
import { operationId, startedOperation } from '@/lib/operations/schema';
import { projectId } from '@/lib/projects/schema';
import {
  changeGitSource,
  connectSource,
  disconnectSource,
  fetchOperation,
  startGitProject,
  startRefresh,
} from './fetch-operation';
import { scanHostKeys } from './scan-host-keys';
import {
  changedGitSource,
  connectedGitSource,
  fetchResult,
  gitSettings,
  gitUrl,
  hostKey,
  newGitProject,
} from './schema';
import { writeGitSettings } from './store';

const byId = z.object({ id: projectId });

export const createFromGit = command({
  name: 'git.create-project',
  permission: 'project:edit',
  input: newGitProject,
  output: startedOperation,
  run: async (input, { user }) => ({ id: await startGitProject(defaultEngine(), input, user) }),
});

export const refreshFromGit = command({
  name: 'git.refresh',
  permission: 'project:edit',
  input: byId,
  output: startedOperation,
  run: async ({ id }, { user }) => ({ id: await startRefresh(defaultEngine(), id, user) }),
});

export const changeGit = command({
  name: 'git.change',
  permission: 'project:edit',
  input: changedGitSource,
  output: noOutput,
  run: (input) => changeGitSource(input),
});

export const connectGit = command({
  name: 'git.connect',
  permission: 'project:edit',
  input: connectedGitSource,
  output: noOutput,
  run: async (input) => {
    await connectSource(input);
  },
});

export const disconnectGit = command({
  name: 'git.disconnect',
  permission: 'project:edit',
  input: byId,
  output: noOutput,
  run: ({ id }) => disconnectSource(id),
});

/** Asks a server for the keys that it is known by, to be compared by a person. */
export const readHostKeys = query({
  name: 'git.read-host-keys',
  permission: 'project:edit',
  input: z.object({ url: gitUrl }),
  output: z.array(hostKey),
  run: ({ url }) => scanHostKeys(url),
});

/** null while it is not known. */
export const readFetchResult = query({
  name: 'git.read-fetch-result',
  permission: 'project:read',
  input: z.object({ id: operationId }),
  output: fetchResult.nullable(),
  run: async ({ id }) => (await fetchOperation.get(id)).result,
});

export const saveGitSettings = command({
  name: 'settings.save-git',
  permission: 'settings:edit',
  dangerous: true,
  input: gitSettings,
  output: noOutput,
  run: (settings) => writeGitSettings(settings),
});
