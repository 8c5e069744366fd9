import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { listImages } from '@/lib/engine/images/images';

export interface ImageChoice {
  /** The tag, or the id of an untagged image. */
  value: string;
  label: string;
}

/** Tags, then untagged images; newest first. */
export async function listImageChoices(engine: Engine): Promise<ImageChoice[]> {
  const images = (await listImages(engine)).toSorted((a, b) => b.created - a.created);
  return [
    ...images.flatMap(({ tags }) => tags.map((tag) => ({ value: tag, label: tag }))),
    ...images
      .filter(({ tags }) => !tags.length)
      .map(({ id }) => ({ value: id, label: id.replace('sha256:', '').slice(0, 12) })),
  ];
}
