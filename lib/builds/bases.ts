import 'server-only';
import { findImage } from '@/lib/engine/images/images';
import type { ImageDetails } from '@/lib/engine/images/types';
import { canonical } from './base-digests';
import { findStage, parseRecipe } from '@/lib/dockerfiles/parse';
import type { BuildBase } from './schema';
import { expand, globalValues } from '@/lib/dockerfiles/variables';

/** References of the images that a Dockerfile stands on, other stages and `scratch` left out. */
export function baseReferences(dockerfile: string, buildArgs: Record<string, string>): string[] {
  const recipe = parseRecipe(dockerfile);
  const given = Object.entries(buildArgs).map(([name, value]) => ({ name, value }));
  const values = globalValues(recipe, given);
  const bases = recipe.stages
    .filter((stage) => !findStage(recipe, stage.base, stage.index))
    .map((stage) => expand(stage.base, values));
  return [...new Set(bases)].filter((base) => base && base !== 'scratch');
}

/** The registry's digest of an image, of the repository that was named where it has several. */
function digestOf({ digests }: ImageDetails, reference: string): string | undefined {
  const repository = canonical(reference).replace(/:[^:/]*$/, '');
  const own = digests.find(
    (digest) => canonical(digest.split('@')[0]!).replace(/:[^:/]*$/, '') === repository,
  );
  return (own ?? digests[0])?.split('@')[1];
}

/**
 * What those references were when the build had run: the registry's digest where there is one, else the image's id.
 * `named` has the digests that the builder told, by canonical name: what it pulls itself is not among the engine's
 * images.
 */
export async function resolveBases(
  references: string[],
  named: ReadonlyMap<string, string>,
): Promise<BuildBase[]> {
  const images = await Promise.all(references.map((reference) => findImage(reference)));
  return images.map((image, index) => {
    const reference = references[index]!;
    const digest = named.get(canonical(reference)) ?? (image && digestOf(image, reference));
    return { reference, digest: digest ?? image?.id ?? null, id: image?.id ?? null };
  });
}
