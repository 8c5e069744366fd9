'use server';

import { action } from '@/lib/actions/inline';
import { previewRemoval as preview } from '@/lib/images/removal/plan';
import { startRemoval as begin } from '@/lib/images/removal/remove';
import { removalRequest } from '@/lib/images/removal/schema';

/** What the dialog says before anything is removed. */
export const previewRemoval = action({
  permission: 'image:remove',
  input: removalRequest,
  run: (input) => preview(input),
});

export const startRemoval = action({
  permission: 'image:remove',
  input: removalRequest,
  run: async (input, { user }) => ({ id: await begin(input, user) }),
});
