import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { findImage, getImage, tagImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import {
  familiarReference,
  formatReference,
  withDefaultTag,
  type Reference,
} from '@/lib/references/reference';
import type { ImageId } from '@/lib/ids';

/**
 * Gives an image one more name. A name that another image has is taken from it only when that is wanted: Docker would
 * do it without a word, and that image might be left without any.
 */
export async function addTag(
  engine: Engine,
  id: ImageId,
  wanted: Reference,
  { move }: { move: boolean },
): Promise<string> {
  const reference = withDefaultTag(wanted);
  const name = familiarReference(reference);
  const image = await getImage(engine, id);
  const named = await findImage(engine, formatReference(reference));
  if (named && named.id !== image.id && !move) {
    const rest = named.tags.length > 1 ? 'keeps its other names' : 'would be left without a name';
    throw new AppError(
      'conflict',
      `${name} is the name of another image (${named.id.slice(7, 19)}), which ${rest}.`,
      {
        fields: { reference: `Another image has this name.` },
        hint: 'Confirm to move the name to this image.',
      },
    );
  }
  await tagImage(engine, image.id, formatReference(reference));
  return name;
}
