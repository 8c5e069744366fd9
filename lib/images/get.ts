import 'server-only';
import { findImage, listContainersOf } from '@/lib/engine/images/images';
import type { ImageContainer, ImageDetails } from '@/lib/engine/images/types';
import { AppError } from '@/lib/errors';

import { orderTags } from './names';
import { requireEngine } from '@/lib/operations/require-engine';

export interface ImageView extends ImageDetails {
  users: ImageContainer[];
}

/** All about one image, for its page. */
export async function getImageView(id: string): Promise<ImageView> {
  await requireEngine();
  const image = await findImage(id);
  if (!image) {
    throw new AppError('not_found', 'The engine has no such image (any more).', {
      hint: 'It may have been removed, or replaced by a newer build under the same name.',
    });
  }
  return { ...image, tags: orderTags(image.tags), users: await listContainersOf(image.id) };
}
