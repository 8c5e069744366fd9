import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { findImage, getImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import { imageWorkHref } from '@/lib/images/href';
import { defineOperation } from '@/lib/operations/define';
import { isEngineThere } from '@/lib/engine/system/watch';
import type { OperationContext } from '@/lib/operations/kinds';
import {
  familiarName,
  familiarReference,
  formatReference,
  parseReference,
  registryHost,
  withDefaultTag,
  type Reference,
} from '@/lib/references/reference';
import { accessFor } from '@/lib/registries/credentials';
import type { Actor, OperationId } from '@/lib/ids';
import { pullWithRetries } from './pull-with-retries';
import { recoverPull } from './recover';
import { type PullInput, pullInput, type PullResult, pullResult } from './schema';

function read(text: string): Reference {
  const parsed = parseReference(text);
  if (!parsed.ok)
    throw new AppError('invalid_input', parsed.reason, { fields: { reference: parsed.reason } });
  const reference = withDefaultTag(parsed.reference);
  // Docker refuses a tag beside a digest in some versions and drops it in others: the digest says it all.
  return reference.digest ? { ...reference, tag: undefined } : reference;
}

/** Fetches an image from its registry. Returns the operation's id at once. */
export async function startPull(
  engine: Engine,
  input: PullInput,
  user: Actor | null,
  parentId?: OperationId,
): Promise<string> {
  const reference = read(input.reference);
  const title = `Pull ${familiarReference(reference)}`;
  const name = formatReference(reference);
  return pullOperation.start({ engine, title, input: { reference: name }, user, parentId });
}

async function run(context: OperationContext<PullInput>): Promise<PullResult> {
  const reference = read(context.input.reference);
  const name = formatReference(reference);
  const before = await findImage(context.engine, name);
  // Read now and not when it was queued: the password of today.
  const access = await accessFor(registryHost(reference));
  const { id } = await pullWithRetries(context, reference, access);
  const image = await getImage(context.engine, id);
  const repository = familiarName(reference);
  const digest = image.digests.find((one) => one.startsWith(`${repository}@`))?.split('@')[1] ?? null;
  return {
    id,
    reference: familiarReference(reference),
    digest: reference.digest ?? digest,
    size: image.size,
    unchanged: before?.id === id,
  };
}

export const pullOperation = defineOperation({
  kind: 'pull',
  read: 'image:read',
  lane: 'transfer',
  input: pullInput,
  result: pullResult,
  href: imageWorkHref,
  ready: isEngineThere,
  run,
  recover: (engine, _id, input) => recoverPull(engine, input),
});
