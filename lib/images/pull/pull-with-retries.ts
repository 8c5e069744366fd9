import 'server-only';
import { pullImage } from '@/lib/engine/images/pull';
import type { PullResult } from '@/lib/engine/images/types';
import { withRetries } from '@/lib/images/with-retries';
import type { OperationContext } from '@/lib/operations/kinds';
import { formatReference, type Reference } from '@/lib/references/reference';
import type { RegistryAccess } from '@/lib/registry/access';
import { findPullAnswer, mayPull } from '@/lib/registry/ask-transfer';

/** Layers that arrived are not fetched twice. */
export const pullWithRetries = (
  context: OperationContext,
  reference: Reference,
  access: RegistryAccess,
): Promise<PullResult> =>
  withRetries(context, {
    step: 'pull',
    access,
    start: (login, signal) => pullImage(context.engine, formatReference(reference), login, signal),
    findAnswer: (_stuckBytes, signal) => findPullAnswer(access, reference, signal),
    isAllowed: (signal) => mayPull(access, reference, signal),
  });
