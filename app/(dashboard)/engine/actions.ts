'use server';

import { action } from '@/lib/actions/inline';
import { startPrune as start } from '@/lib/disk/prune';
import { pruneInput } from '@/lib/disk/schema';

export const startPrune = action({
  permission: 'engine:prune',
  input: pruneInput,
  run: async (input, { user }) => ({ id: await start(input, user) }),
});
