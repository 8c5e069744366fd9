import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { findImage } from '@/lib/engine/images/images';
import type { ImageDetails } from '@/lib/engine/images/types';
import { AppError } from '@/lib/errors';
import { parseReference, repositoryOf } from '@/lib/references/reference';
import { canonical, hasDigest } from './base-digests';
import type { BuildBase } from './schema';

const repository = (reference: string): string => {
  const parsed = parseReference(reference);
  return parsed.ok ? repositoryOf(parsed.reference) : reference;
};

/** The registry's digest of an image, of the repository that was named where it has several. */
function digestOf({ digests }: ImageDetails, reference: string): string | undefined {
  const wanted = repository(reference);
  const own = digests.find((digest) => repository(digest) === wanted);
  return (own ?? digests[0])?.split('@')[1];
}

/** Null also for what is no name: the builder will have said so. */
async function findNamed(engine: Engine, reference: string): Promise<ImageDetails | null> {
  try {
    return await findImage(engine, reference);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return null;
    throw error;
  }
}

/**
 * What those references were when the build had run: the digest that the builder told, by canonical name in `named`;
 * else the registry's, else the image's id. What a builder fetches itself is not among the engine's images, and the
 * image that the engine has under the name may be another.
 */
export async function resolveBases(
  engine: Engine,
  references: string[],
  named: ReadonlyMap<string, string>,
): Promise<BuildBase[]> {
  const images = await Promise.all(references.map((name) => findNamed(engine, name)));
  return images.map((image, index) => {
    const reference = references[index]!;
    const told = named.get(canonical(reference));
    const used = image && told && !hasDigest(image, told) ? null : image;
    const digest = told ?? (used && digestOf(used, reference));
    return { reference, digest: digest ?? used?.id ?? null, id: used?.id ?? null };
  });
}
