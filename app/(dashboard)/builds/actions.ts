'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { action } from '@/lib/actions/action';
import { startBuild as start } from '@/lib/builds/start';
import { startBuildInput } from '@/lib/builds/schema';
import { deleteBuilds as remove } from '@/lib/builds/store';
import { cancelOperation } from '@/lib/operations/cancel';
import { operationId } from '@/lib/operations/schema';

export const startBuild = action({
  permission: 'build:start',
  input: startBuildInput,
  run: async (input, { user }) => ({ id: await start(input, user) }),
});

export const cancelBuild = action({
  permission: 'build:cancel',
  input: z.object({ id: operationId }),
  run: async ({ id }, { user }) => ({ status: await cancelOperation(id, user.name) }),
});

export const deleteBuilds = action({
  permission: 'build:delete',
  input: z.object({ ids: z.array(operationId).min(1, 'Choose at least one build.').max(1000) }),
  run: async ({ ids }) => {
    const deleted = await remove(ids);
    refresh();
    return { deleted };
  },
});
