import 'server-only';
import { findImage } from '@/lib/engine/images';
import { outlineDockerfile } from '@/lib/projects/dockerfile';
import type { BuildBase } from './schema';

/** `${NAME}`, `$NAME` and `${NAME:-default}`, as FROM understands them. */
const expand = (text: string, values: Record<string, string>): string =>
  text.replace(
    /\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g,
    (_match, braced: string | undefined, fallback: string | undefined, bare: string | undefined) =>
      values[braced ?? bare ?? ''] || fallback || '',
  );

/** References of the images that a Dockerfile stands on, other stages and `scratch` left out. */
export function baseReferences(dockerfile: string, buildArgs: Record<string, string>): string[] {
  const { stages, args } = outlineDockerfile(dockerfile);
  const values: Record<string, string> = {};
  for (const arg of args) if (arg.stage === null) values[arg.name] = buildArgs[arg.name] ?? arg.default ?? '';
  const names = new Set(stages.map((stage) => stage.name).filter(Boolean));
  const bases = stages.map((stage) => expand(stage.base, values));
  return [...new Set(bases)].filter((base) => base && base !== 'scratch' && !names.has(base));
}

/** What those references were when the build had run: the registry's digest where there is one, else the image's id. */
export async function resolveBases(references: string[]): Promise<BuildBase[]> {
  const images = await Promise.all(references.map((reference) => findImage(reference)));
  return images.map((image, index) => ({
    reference: references[index]!,
    digest: image?.digests[0]?.split('@')[1] ?? image?.id ?? null,
  }));
}
