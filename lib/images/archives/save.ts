import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { saveImages } from '@/lib/engine/images/archives';
import { getImage } from '@/lib/engine/images/images';
import type { Readable } from 'node:stream';
import { AppError } from '@/lib/errors';
import { orderTags } from '@/lib/images/names';
import { requireEngine } from '@/lib/operations/require-engine';

const asFileName = (name: string) =>
  name
    .replace(/^sha256:/, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
    .slice(0, 120);

/** `mysite_1.tar`, `mysite_1-and-2-more.tar`. */
export function archiveName(first: string, images: number): string {
  return `${asFileName(first)}${images > 1 ? `-and-${images - 1}-more` : ''}.tar`;
}

/**
 * Images as one archive, streamed from the engine. Those given by their ids are saved under all their names: without a
 * name in it, an archive would be loaded as an image that nobody can call.
 */
export async function openSave(
  engine: Engine,
  asked: string[],
  signal: AbortSignal,
): Promise<{ stream: Readable; name: string }> {
  await requireEngine(engine);
  const images = await Promise.all([...new Set(asked)].map((one) => getImage(engine, one)));
  const [first] = images;
  if (!first) throw new AppError('invalid_input', 'Choose an image to save.');
  const names = images.flatMap((image, index) => {
    const own = asked[index];
    if (own && image.tags.includes(own)) return [own];
    return image.tags.length ? orderTags(image.tags) : [image.id];
  });
  const called =
    asked[0] && first.tags.includes(asked[0])
      ? asked[0]
      : (orderTags(first.tags)[0] ?? first.id.slice(7, 19));
  const stream = await saveImages(engine, [...new Set(names)], signal);
  return { stream, name: archiveName(called, images.length) };
}
