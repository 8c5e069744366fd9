import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { findImage, listContainersOf } from '@/lib/engine/images/images';
import type { ImageContainer, ImageDetails } from '@/lib/engine/images/types';
import { AppError } from '@/lib/errors';

import type { ImageId } from '@/lib/ids';
import { orderTags } from './names';
import { requireEngine } from '@/lib/operations/require-engine';

export interface ImageView extends ImageDetails {
  users: ImageContainer[];
}

/** All about one image, for its page. */
export async function getImageView(engine: Engine, id: ImageId): Promise<ImageView> {
  await requireEngine(engine);
  const image = await findImage(engine, id);
  if (!image) {
    throw new AppError('not_found', 'The engine has no such image.', {
      hint: 'It may have been removed, or its tag moved to a newer build.',
    });
  }
  return { ...image, tags: orderTags(image.tags), users: await listContainersOf(engine, image.id) };
}
