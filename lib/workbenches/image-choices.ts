import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { listImages } from '@/lib/engine/images/images';

export interface ImageChoice {
  /** What is sent: a name, or the id of one without. */
  value: string;
  label: string;
}

/** Names first, newest first; images without a name by their id. */
export async function listImageChoices(engine: Engine): Promise<ImageChoice[]> {
  const images = (await listImages(engine)).toSorted((a, b) => b.created - a.created);
  return [
    ...images.flatMap(({ tags }) => tags.map((tag) => ({ value: tag, label: tag }))),
    ...images
      .filter(({ tags }) => !tags.length)
      .map(({ id }) => ({ value: id, label: id.replace('sha256:', '').slice(0, 12) })),
  ];
}
