import 'server-only';
import { z } from 'zod';
import { command, query } from '@/lib/commands/command';
import { demandForContainer } from '@/lib/containers/host-access';
import { defaultEngine } from '@/lib/engine/engines';
import { startedOperation } from '@/lib/operations/schema';
import { startCommit as start } from './commit';
import { openDirectory } from './review';
import { containerId, reviewLevel, startCommitInput } from './schema';

export const startCommit = command({
  name: 'commit.start',
  permission: 'commit:start',
  also: async ({ push, containerId: id }) => [
    ...(push ? (['push:start'] as const) : []),
    ...(await demandForContainer(defaultEngine(), id)),
  ],
  input: startCommitInput,
  output: startedOperation,
  run: async (input, { user }) => ({ id: await start(defaultEngine(), input, user) }),
});

/** The changes in one directory of a container under review. */
export const openReview = query({
  name: 'commit.open-review',
  permission: 'commit:start',
  also: (input) => demandForContainer(defaultEngine(), input.container),
  input: z.object({ container: containerId, path: z.string().min(2).max(4096).startsWith('/') }),
  output: reviewLevel,
  run: ({ container, path }) => openDirectory(defaultEngine(), container, path),
});
