import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { pushImage } from '@/lib/engine/images/push';
import { findImage, getImage, tagImage } from '@/lib/engine/images/images';
import type { PushResult } from '@/lib/engine/images/types';
import type { EngineWork } from '@/lib/engine/types';
import { AppError, asAppError, type ErrorReason } from '@/lib/errors';
import type { OperationEvent } from '@/lib/events/events';
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
import type { RegistryAccess } from '@/lib/registry/access';
import { loginForEngine } from '@/lib/registry/engine-login';
import { findRetryAfter } from '@/lib/registry/retry-after';
import type { Actor, ImageId, OperationId } from '@/lib/ids';
import { pushHref } from './href';
import { orderTags } from './names';
import { recoverPush } from './recover-push';
import { backoff, maxRetries, mayAskToWait, reasonText, transientReason, wait } from './retry';
import { type PushInput, pushInput, type PushOutcome, pushResult, type StartPushInput } from './schema';
import { resolveTarget } from './target';
import { verifyPushed } from './verify';

/** The step of the engine's transfer; retries go on in it. */
const step = 'push';
/** Seconds. A registry that asks for more is not waited for. */
const longestWait = 600;

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

const engineName = (reference: Reference) => formatReference(reference);

/** Gives the image its new name, where it has not got it, and says so. */
async function retag(context: OperationContext, imageId: ImageId, reference: Reference) {
  const name = familiarReference(reference);
  await context.step(
    `Tag as ${name}`,
    async (id) => {
      const say = (text: string) =>
        context.emit({ type: 'log', step: id, stream: 'stdout', text: `${text}\n` });
      const before = await findImage(context.engine, engineName(reference));
      if (before?.id === imageId) return say('The image already has this tag.');
      await tagImage(context.engine, imageId, engineName(reference));
      if (before) await say(`The tag moves from the image ${before.id}, which keeps its other tags.`);
    },
    { id: 'tag', kind: 'config' },
  );
}

/** Two pushes of different images to one tag would otherwise each send what the other has named. */
async function requireName(engine: Engine, imageId: ImageId, reference: Reference) {
  const named = await findImage(engine, engineName(reference));
  if (named?.id === imageId) return;
  throw new AppError(
    'conflict',
    `${familiarReference(reference)} was moved to another image during the push.`,
    {
      hint: 'Push again when the other push has ended.',
    },
  );
}

/** Seconds to wait, or an error where the registry asks for too long. */
async function pauseBefore(retry: number, reason: ErrorReason, access: RegistryAccess, signal: AbortSignal) {
  if (!mayAskToWait(reason)) return backoff(retry);
  const asked = await findRetryAfter(access, signal);
  if (asked === null) return backoff(retry);
  if (asked <= longestWait) return Math.max(asked, 1);
  const hours = asked / 3600;
  const words = hours >= 1 ? `${Math.round(hours)} h` : `${Math.round(asked / 60)} min`;
  throw new AppError('registry_failed', `${access.host} asks to retry in ${words}.`, {
    hint: 'Push again then.',
  });
}

async function* watched<R>(work: EngineWork<R>, see: (event: OperationEvent) => void): EngineWork<R> {
  try {
    for (;;) {
      const next = await work.next();
      if (next.done) return next.value;
      see(next.value);
      yield next.value;
    }
  } finally {
    await work.return(undefined as R); // a reader who leaves ends the work
  }
}

/** The engine's push, again where the registry may do better the next time. Layers that arrived are not sent twice. */
async function pushWithRetries(
  context: OperationContext,
  reference: Reference,
  access: RegistryAccess,
): Promise<PushResult> {
  const { signal, emit } = context;
  for (let retry = 1; ; retry++) {
    let engineRetried = false;
    const watch = (event: OperationEvent) => {
      engineRetried ||= event.type === 'progress' && event.retrying === true;
    };
    try {
      const login = await loginForEngine(access);
      return await context.pipe(
        watched(pushImage(context.engine, engineName(reference), login, signal), watch),
      );
    } catch (thrown) {
      const error = asAppError(thrown);
      const reason = signal.aborted ? null : transientReason(error);
      if (reason === null) throw error;
      if (retry > maxRetries) {
        const said = `${error.message} Given up after ${maxRetries} retries.`;
        throw new AppError(error.code, said, { hint: error.hint, reason, cause: error.cause });
      }
      const seconds = await pauseBefore(retry, reason, access, signal);
      const text = `Retry ${retry}/${maxRetries} in ${seconds} s – ${reasonText(reason)}\n`;
      await emit({ type: 'log', step, stream: 'stderr', at: Date.now(), text });
      await emit({ type: 'step', step, completed: null, error: null });
      await wait(seconds, signal);
      // Some engines try a layer five times themselves, for most of a minute: then one more round is enough.
      if (engineRetried) retry = Math.max(retry, maxRetries - 1);
    }
  }
}

async function run(context: OperationContext<PushInput>): Promise<PushOutcome> {
  const { imageId, reference: text } = context.input;
  const reference = parsed(text);
  await retag(context, imageId, reference);
  // Read now and not when it was queued: the password of today.
  const access = await accessFor(registryHost(reference));
  const { digest, size } = await pushWithRetries(context, reference, access);
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
  return { reference: familiarReference(reference), digest, size: size ?? null, verifiedBy: verified.by };
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
