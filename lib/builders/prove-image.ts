import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { findImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import type { ImageId } from '@/lib/ids';
import type { BuildResult } from './builder';

/** The proof of a builder whose result is an image of the engine: the engine inspects the image that it reported. */
export async function proveImage(engine: Engine, imageId: ImageId): Promise<BuildResult> {
  const image = await findImage(engine, imageId);
  if (image) return { imageId: image.id };
  throw new AppError('build_failed', `The engine reported image ${imageId}, but does not have it.`, {
    hint: 'Something may have removed it at once; build again.',
  });
}
