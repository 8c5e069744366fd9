import 'server-only';
import { AppError } from '@/lib/errors';
import { readImages } from '@/lib/images/read-images';
import { learnLayers } from './read-shares';

/** Reads the layers of all images once, so that the first page need not: they never change while the server runs. */
export async function warmLayers(): Promise<void> {
  try {
    const { images } = await readImages();
    await learnLayers(images.map(({ id }) => id));
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('engine_')) return; // pages read when it is back
    throw error;
  }
}
