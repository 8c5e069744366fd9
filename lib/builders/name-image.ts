import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { tagImage } from '@/lib/engine/images/images';
import type { EngineWork } from '@/lib/engine/types';
import { parseName } from '@/lib/engine/wire/names';
import { AppError, asAppError } from '@/lib/errors';
import type { ImageId } from '@/lib/ids';

const step = 'name';

export function checkTags(tags: readonly string[]): void {
  for (const tag of tags)
    if (parseName(tag).digest)
      throw new AppError('invalid_input', `${tag} is a digest; a build can only set tags.`);
}

/**
 * Gives a finished image its names. The builder does not: with the containerd store it names an image before it is
 * unpacked, so that a build that is cancelled or fails then has moved the tag, and the image that had it is gone.
 */
export async function* nameImage(
  engine: Engine,
  imageId: ImageId,
  tags: readonly string[],
): EngineWork<void> {
  if (tags.length === 0) return;
  yield { type: 'step', step, name: `Tag as ${tags.join(', ')}`, kind: 'export', started: Date.now() };
  try {
    for (const tag of tags) await tagImage(engine, imageId, tag);
  } catch (thrown) {
    const error = asAppError(thrown);
    yield { type: 'step', step, completed: Date.now(), error: error.message };
    throw new AppError('build_failed', `The image was built, but not tagged. ${error.message}`, {
      hint: error.hint ?? `It is in the list of images as ${imageId.slice(7, 19)}.`,
      cause: error,
    });
  }
  yield { type: 'step', step, completed: Date.now() };
}
