import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { findImage, getImage, listMissingPlatforms, tagImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
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
import type { Actor, ImageId, OperationId } from '@/lib/ids';
import { pushHref } from './href';
import { orderTags } from './names';
import { recoverPush } from './recover-push';
import { pushWithRetries } from './push-with-retries';
import { type PushInput, pushInput, type PushOutcome, pushResult, type StartPushInput } from './schema';
import { resolveTarget } from './target';
import { verifyPushed } from './verify';

function parsed(text: string): Reference {
  const result = parseReference(text);
  if (!result.ok) throw new AppError('invalid_input', result.reason);
  return result.reference;
}

/** The name of the image that is pushed, as people know it: what it was asked by, or else its first tag. */
function displayName(asked: string, tags: string[]): string | null {
  const read = (text: string) => {
    const result = parseReference(text);
    return result.ok ? withDefaultTag(result.reference) : null;
  };
  // An id reads as a name, too: only what is a name of the image counts.
  const wanted = read(asked);
  const tag = tags.find((one) => wanted && familiarReference(wanted) === one) ?? orderTags(tags)[0];
  const known = tag === undefined ? null : read(tag);
  return known && familiarName(known);
}

/** Tags the image for its target, and pushes it there. Returns the operation's id at once. */
export async function startPush(
  engine: Engine,
  { image: asked, target }: StartPushInput,
  user: Actor | null,
  parentId?: OperationId,
): Promise<string> {
  const reference = await resolveTarget(target);
  const image = await getImage(engine, asked);
  const name = displayName(asked, image.tags);
  const title = `Push ${familiarReference(reference)}`;
  const input = { imageId: image.id, name, reference: formatReference(reference) };
  return pushOperation.start({ engine, title, input, user, parentId });
}

/** Gives the image its new name, where it has not got it, and says so. */
async function retag(context: OperationContext, imageId: ImageId, reference: Reference) {
  const name = familiarReference(reference);
  await context.step(
    `Tag as ${name}`,
    async (id) => {
      const say = (text: string) =>
        context.emit({ type: 'log', step: id, stream: 'stdout', text: `${text}\n` });
      const before = await findImage(context.engine, formatReference(reference));
      if (before?.id === imageId) return say('The image already has this tag.');
      await tagImage(context.engine, imageId, formatReference(reference));
      if (before) await say(`The tag moves from the image ${before.id}, which keeps its other tags.`);
    },
    { id: 'tag', kind: 'config' },
  );
}

/** Two pushes of different images to one tag would otherwise each send what the other has named. */
async function requireName(engine: Engine, imageId: ImageId, reference: Reference) {
  const named = await findImage(engine, formatReference(reference));
  if (named?.id === imageId) return;
  throw new AppError(
    'conflict',
    `${familiarReference(reference)} was moved to another image during the push.`,
    {
      hint: 'Push again when the other push has ended.',
    },
  );
}

async function run(context: OperationContext<PushInput>): Promise<PushOutcome> {
  const { imageId, reference: text } = context.input;
  const reference = parsed(text);
  await retag(context, imageId, reference);
  // Read now and not when it was queued: the password of today.
  const access = await accessFor(registryHost(reference));
  const { digest, size, onlyPlatform } = await pushWithRetries(context, reference, access);
  await requireName(context.engine, imageId, reference);
  const verified = await context.step(
    `Verify the digest with ${reference.host}`,
    async (id) => {
      const found = await verifyPushed(context.engine, reference, digest, access, context.signal);
      const words =
        found.by === 'registry'
          ? `The registry returned ${digest}.`
          : `The registry returned ${digest} to the engine. This server could not ask: ${found.because}`;
      await context.emit({ type: 'log', step: id, stream: 'stdout', text: `${words}\n` });
      return found;
    },
    { id: 'verify', kind: 'transfer' },
  );
  const partial = onlyPlatform === undefined ? undefined : await sayPartial(context, imageId, onlyPlatform);
  return {
    reference: familiarReference(reference),
    digest,
    size: size ?? null,
    verifiedBy: verified.by,
    partial,
  };
}

/** What the registry has is not all of the image, and the engine calls that a success. */
async function sayPartial({ engine, emit }: OperationContext, imageId: ImageId, pushed: string) {
  const missing = await listMissingPlatforms(engine, imageId);
  await emit({
    type: 'warning',
    step: 'verify',
    short: `Only ${pushed} was pushed: the engine does not have the other platforms of this image${missing.length > 0 ? ` (${missing.join(', ')})` : ''}.`,
    detail: 'A registry client such as skopeo or crane copies an image with all its platforms.',
  });
  return { pushed, missing };
}

export const pushOperation = defineOperation({
  kind: 'push',
  read: 'image:read',
  lane: 'transfer',
  input: pushInput,
  result: pushResult,
  href: pushHref,
  ready: isEngineThere,
  run,
  recover: (_engine, _id, input) => recoverPush(input),
});
