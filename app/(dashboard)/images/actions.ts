'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { action } from '@/lib/actions/inline';
import { can } from '@/lib/commands/permissions';
import { AppError } from '@/lib/errors';
import { startPush as start } from '@/lib/images/push';
import { getPushOptions } from '@/lib/images/push-options';
import { dropImage } from '@/lib/images/remove';
import { imageId, startPushInput, tagReference } from '@/lib/images/schema';
import { addTag as add } from '@/lib/images/tag';
import { removeTag as untag } from '@/lib/images/untag';

export const startPush = action({
  permission: 'push:start',
  input: startPushInput,
  run: async (input, { user }) => ({ id: await start(input, user) }),
});

/** What the push dialog offers; asked when it opens. */
export const loadPushOptions = action({
  permission: 'push:start',
  input: z.object({ image: z.string().min(1).max(1024) }),
  run: ({ image }) => getPushOptions(image),
});

export const addTag = action({
  permission: 'image:tag',
  input: z.object({ id: imageId, reference: tagReference, move: z.boolean().default(false) }),
  run: async ({ id, reference, move }) => {
    const name = await add(id, reference, { move });
    refresh();
    return { name };
  },
});

export const removeTag = action({
  permission: 'image:tag',
  input: z.object({ id: imageId, tag: z.string().min(1).max(1024), withImage: z.boolean().default(false) }),
  run: async ({ id, tag, withImage }, { user }) => {
    if (withImage && !can(user, 'image:remove')) throw new AppError('forbidden');
    const result = await untag(id, tag, { withImage });
    if (!result.imageRemoved) refresh();
    return result;
  },
});

export const removeImage = action({
  permission: 'image:remove',
  input: z.object({ id: imageId, force: z.boolean().default(false) }),
  run: async ({ id, force }) => {
    const { untagged, deleted } = await dropImage(id, { force });
    return { untagged, deleted: deleted.length };
  },
});
