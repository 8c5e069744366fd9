import 'server-only';
import { listImages } from '@/lib/engine/images';
import type { ImageSummary } from '@/lib/engine/types';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';
import { orderTags } from './names';
import { requireEngine } from '@/lib/operations/require-engine';

const lastSeen = () => remember('image-list', () => ({ images: null as ImageSummary[] | null, at: 0 }));

/** The engine's images, or, while it is away, those that it had when it was last asked. */
export async function readImages(): Promise<{ images: ImageSummary[]; asOf: number | null }> {
  const last = lastSeen();
  try {
    await requireEngine();
    last.images = (await listImages()).map((image) => ({ ...image, tags: orderTags(image.tags) }));
    last.at = Date.now();
    return { images: last.images, asOf: null };
  } catch (error) {
    const away = error instanceof AppError && error.code.startsWith('engine_');
    if (!away || !last.images) throw error;
    return { images: last.images, asOf: last.at };
  }
}
