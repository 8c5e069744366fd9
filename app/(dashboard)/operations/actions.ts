'use server';

import { z } from 'zod';
import { action } from '@/lib/actions/inline';
import { cancelOperation as cancel } from '@/lib/operations/cancel';
import { operationId } from '@/lib/operations/schema';

export const cancelOperation = action({
  permission: 'operation:cancel',
  input: z.object({ id: operationId }),
  run: async ({ id }, { user }) => ({ status: await cancel(id, user.name) }),
});
