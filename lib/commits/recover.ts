import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '@/lib/engine/engine';
import { findImage, listImages } from '@/lib/engine/images/images';
import type { ImageDetails } from '@/lib/engine/images/types';
import type { OperationId } from '@/lib/ids';
import type { Recovery } from '@/lib/operations/kinds';
import { getOperation } from '@/lib/operations/store';
import { cleanUp } from './layer';
import type { CommitInput, CommitResult } from './schema';
import { findCommit, type StoredCommit, updateCommit } from './store';

/** The engine finishes a commit whose client is gone: a small layer is there soon. The start waits no longer. */
const lookForMs = 3000;
const pauseMs = 250;

/** The image that a commit made, by what the commit gave it; null if the engine has none. */
async function findMade(engine: Engine, commit: StoredCommit, since: number): Promise<ImageDetails | null> {
  const base = commit.baseId && (await findImage(engine, commit.baseId));
  const isMade = (image: ImageDetails | null) =>
    image !== null &&
    image.created >= since &&
    image.comment === commit.message &&
    image.author === commit.author &&
    (!base || base.layers.every((layer, position) => image.layers[position] === layer));
  if (commit.reference) {
    const image = await findImage(engine, commit.reference);
    return isMade(image) ? image : null;
  }
  const wholeSecond = Math.floor(since / 1000) * 1000; // as lists have it
  for (const { id, tags, created } of await listImages(engine)) {
    if (tags.length || created < wholeSecond) continue;
    const image = await findImage(engine, id);
    if (isMade(image)) return image;
  }
  return null;
}

async function lookForMade(engine: Engine, commit: StoredCommit, since: number) {
  const deadline = performance.now() + lookForMs;
  for (;;) {
    const image = await findMade(engine, commit, since);
    if (image || performance.now() > deadline) return image;
    await sleep(pauseMs);
  }
}

/** After a crash: asks the engine what became of the commit, and removes what else is left of it. */
export async function recoverCommit(
  engine: Engine,
  id: OperationId,
  { containerId, push }: CommitInput,
): Promise<Recovery<CommitResult>> {
  const interrupted = 'Interrupted: the server stopped during the commit.';
  const commit = await findCommit(id);
  const { startedAt, queuedAt } = await getOperation(id);
  // The way is stored before the engine is asked to commit.
  const begun = commit?.way ? commit : null;
  const image = begun && (await lookForMade(engine, begun, startedAt ?? queuedAt));
  await cleanUp(engine, id, containerId);
  if (!begun)
    return {
      succeeded: false,
      message: `${interrupted} It had changed nothing in the engine. Commit again.`,
    };
  if (!image)
    return {
      succeeded: false,
      message: `${interrupted} The engine has no image of it. A large layer may still be under way: look at the images before you commit again.`,
    };
  await updateCommit(id, { imageId: image.id });
  const name = begun.reference ?? image.id.slice(7, 19);
  if (push)
    return {
      succeeded: false,
      message: `${interrupted} The engine has the image ${name}, but it was not pushed. Push it from its page.`,
    };
  return {
    succeeded: true,
    message: `Committed. The server stopped before it could say so; the engine has the image ${name}.`,
    result: { imageId: image.id, pushes: [] },
  };
}
