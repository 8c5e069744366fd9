'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { action } from '@/lib/actions/inline';
import { can } from '@/lib/commands/permissions';
import { changeContainer as change } from '@/lib/containers/change';
import { describeRemoval, dropContainer } from '@/lib/containers/remove';
import { runImage as run } from '@/lib/containers/run';
import { runInput } from '@/lib/containers/run-schema';
import { containerId, containerVerbs } from '@/lib/containers/schema';

export const changeContainer = action({
  permission: 'container:start',
  input: z.object({ id: containerId, verb: z.enum(containerVerbs) }),
  run: async ({ id, verb }) => {
    const result = await change(id, verb);
    refresh();
    return result;
  },
});

/** What would go with it; asked when the question opens. */
export const loadContainerRemoval = action({
  permission: 'container:remove',
  input: z.object({ id: containerId }),
  run: ({ id }) => describeRemoval(id),
});

export const removeContainer = action({
  permission: 'container:remove',
  input: z.object({
    id: containerId,
    force: z.boolean().default(false),
    volumes: z.boolean().default(false),
  }),
  run: ({ id, force, volumes }) => dropContainer(id, { force, volumes }),
});

export const runImage = action({
  permission: 'container:start',
  input: runInput,
  run: (input, { user }) => run(input, { user: user.name, mayMount: can(user, 'container:mount') }),
});
