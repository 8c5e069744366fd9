import 'server-only';
import { pushImage } from '@/lib/engine/images/push';
import type { PushResult } from '@/lib/engine/images/types';
import type { OperationContext } from '@/lib/operations/kinds';
import { formatReference, type Reference } from '@/lib/references/reference';
import type { RegistryAccess } from '@/lib/registry/access';
import { findPushAnswer, mayPush } from '@/lib/registry/ask-transfer';
import { withRetries } from './with-retries';

/** Layers that arrived are not sent twice. */
export const pushWithRetries = (
  context: OperationContext,
  reference: Reference,
  access: RegistryAccess,
): Promise<PushResult> =>
  withRetries(context, {
    step: 'push',
    access,
    start: (login, signal) => pushImage(context.engine, formatReference(reference), login, signal),
    findAnswer: (stuckBytes, signal) => findPushAnswer(access, reference, stuckBytes, signal),
    isAllowed: (signal) => mayPush(access, reference, signal),
  });
