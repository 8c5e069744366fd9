import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { readImages } from '@/lib/images/read-images';
import { learnLayers } from './read-shares';

/** Reads the layers of all images once, so that the first page need not: they never change while the server runs. */
export async function warmLayers(engine: Engine): Promise<void> {
  try {
    const { images } = await readImages(engine);
    await learnLayers(
      engine,
      images.map(({ id }) => id),
    );
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('engine_')) return; // pages read when it is back
    throw error;
  }
}
