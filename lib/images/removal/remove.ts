import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { hasImage } from '@/lib/engine/images/images';
import { AppError, asAppError } from '@/lib/errors';
import { formatCount, shortDigest } from '@/lib/format/text';
import { imageWorkHref } from '@/lib/images/href';
import { readImages } from '@/lib/images/read-images';
import { dropImage } from '@/lib/images/remove';
import { defineOperation } from '@/lib/operations/define';
import { isEngineThere } from '@/lib/engine/system/watch';
import type { OperationContext } from '@/lib/operations/kinds';
import type { Actor } from '@/lib/ids';
import { previewRemoval, roomOfImages } from './plan';
import {
  type RemovalInput,
  removalInput,
  type RemovalRequest,
  type RemovalResult,
  removalResult,
} from './schema';

const step = 'remove';

type Listed = RemovalInput['images'][number];

/** Removes what can go of these images, one after the other. Returns the operation's id at once. */
export async function startRemoval(engine: Engine, request: RemovalRequest, user: Actor): Promise<string> {
  const plan = await previewRemoval(engine, request);
  const going = plan.images.filter(({ refusal }) => refusal === null);
  if (going.length === 0) {
    const [why] = plan.images.flatMap(({ refusal }) => refusal ?? []);
    throw new AppError('conflict', why ?? 'None of these images is there any more.', {
      hint: 'Load the page again to see what can be removed.',
    });
  }
  const images = going.map(({ id, tags, digests, size }): Listed => ({
    id,
    name: tags[0] ?? digests[0]?.replace(/@sha256:([a-f0-9]{12}).*/, '@$1') ?? shortDigest(id),
    tags,
    size,
  }));
  const [only] = images;
  const title = images.length === 1 && only ? `Remove ${only.name}` : `Remove ${images.length} images`;
  const input: RemovalInput = { images, withStopped: request.withStopped };
  return removeOperation.start({ engine, title, input, user });
}

/** The engine says nothing where it takes the names of an image only: the image is asked for. */
const stillThere = () =>
  new AppError('conflict', 'The image lost its names, but the engine keeps it.', {
    hint: 'A container or another image needs it, or it was made again. Remove that first.',
  });

/** Null where it is gone; else why it is not. */
async function removeOne(engine: Engine, { id }: Listed, withStopped: boolean): Promise<AppError | null> {
  try {
    await dropImage(engine, id, { force: withStopped });
    return (await hasImage(engine, id)) ? stillThere() : null;
  } catch (thrown) {
    const error = asAppError(thrown);
    // One that fell with another, or that somebody else removed, is gone as well.
    if (error.code === 'not_found') return null;
    if (error.code === 'internal' || error.code.startsWith('engine_unreachable')) throw error;
    return error;
  }
}

async function removeAll(context: OperationContext, { images, withStopped }: RemovalInput) {
  const { emit, signal } = context;
  const bar = { type: 'progress', step, unit: 'bytes' } as const;
  for (const { id } of images) await emit({ ...bar, id, label: 'Waiting', state: 'waiting' });
  const removed: string[] = [];
  let left = images;
  // An image that others were built on goes once they are gone: again, as long as that gets anywhere.
  for (;;) {
    const refused: { image: Listed; error: AppError }[] = [];
    for (const image of left) {
      signal.throwIfAborted();
      await emit({ ...bar, id: image.id, label: 'Removing', state: 'active' });
      const error = await removeOne(context.engine, image, withStopped);
      if (error) refused.push({ image, error });
      else removed.push(image.id);
      await emit({
        ...bar,
        id: image.id,
        label: error ? error.message : 'Removed',
        state: error ? 'failed' : 'done',
      });
    }
    if (refused.length === 0 || refused.length === left.length) return { removed, refused };
    left = refused.map(({ image }) => image);
  }
}

async function run(context: OperationContext<RemovalInput>): Promise<RemovalResult> {
  const { input } = context;
  const { images: before } = await readImages(context.engine);
  return context.step(
    `Remove ${formatCount(input.images.length, 'image')}`,
    async () => {
      const { removed, refused } = await removeAll(context, input);
      const room = await roomOfImages(context.engine, removed, before);
      if (refused.length === 0)
        return { removed: removed.length, room: room.bytes, roomIsLeast: room.isLeast };
      const [first] = refused;
      throw new AppError(
        'conflict',
        `${formatCount(removed.length, 'image is', 'images are')} removed, ${refused.length} could not be: ${first!.error.message}`,
        { hint: first!.error.hint },
      );
    },
    { id: step, kind: 'internal' },
  );
}

/** More are not asked for one by one while the server starts. */
const mostAsked = 100;

/** After a crash: which of the images are gone. */
async function recover(engine: Engine, _id: string, { images }: RemovalInput) {
  if (images.length > mostAsked) return null;
  const found = await Promise.all(images.map(({ id }) => hasImage(engine, id)));
  const gone = found.filter((isThere) => !isThere).length;
  const all = formatCount(images.length, 'image');
  const state =
    gone === images.length ? `Removed: ${all}.` : `${gone} of ${all} removed; the others are still there.`;
  const message = `Interrupted: the server stopped while this ran. ${state}`;
  return { succeeded: false, message };
}

export const removeOperation = defineOperation({
  kind: 'remove',
  read: 'image:read',
  lane: 'transfer',
  freesSpace: true,
  input: removalInput,
  result: removalResult,
  href: imageWorkHref,
  ready: isEngineThere,
  run,
  recover,
});
