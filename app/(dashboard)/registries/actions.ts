'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { action } from '@/lib/actions/inline';
import { checkRegistry as check } from '@/lib/registries/check';
import { removeRegistry as remove } from '@/lib/registries/remove';
import { addRegistry as add, editRegistry as edit } from '@/lib/registries/save';
import { editRegistryInput, newRegistryInput, registryId } from '@/lib/registries/schema';

/** Saved is saved, whatever the check then finds. */
export const addRegistry = action({
  permission: 'registry:edit',
  input: newRegistryInput,
  run: async (input) => {
    const id = await add(input);
    return { id, check: await check(id) };
  },
});

export const editRegistry = action({
  permission: 'registry:edit',
  input: editRegistryInput,
  run: async (input) => {
    await edit(input);
    const found = await check(input.id);
    refresh();
    return { id: input.id, check: found };
  },
});

export const checkRegistry = action({
  permission: 'push:start',
  input: z.object({ id: registryId }),
  run: async ({ id }) => {
    const found = await check(id);
    refresh();
    return found;
  },
});

export const removeRegistry = action({
  permission: 'registry:edit',
  input: z.object({ id: registryId }),
  run: async ({ id }) => {
    await remove(id);
    refresh();
  },
});
