import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { findImage, removeImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import type { ImageId } from '@/lib/ids';

/**
 * Takes one name off. The last name of an image holds the image: without it the engine removes the image too, so that
 * has to be wanted in so many words.
 */
export async function removeTag(
  engine: Engine,
  id: ImageId,
  tag: string,
  { withImage }: { withImage: boolean },
): Promise<{ imageRemoved: boolean }> {
  const image = await findImage(engine, tag);
  if (!image || image.id !== id || !image.tags.includes(tag)) {
    throw new AppError('conflict', `This image does not have the name ${tag} any more.`, {
      hint: 'Load the page again.',
    });
  }
  if (image.tags.length === 1 && !withImage) {
    throw new AppError(
      'conflict',
      `${tag} is the last name of this image: without it the image is removed.`,
      {
        hint: 'Give it another name first, or remove the image.',
      },
    );
  }
  const { deleted } = await removeImage(engine, tag, { force: false });
  return { imageRemoved: deleted.includes(id) };
}
