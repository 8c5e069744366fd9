import { DockerfileParser, type Copy, type From } from 'dockerfile-ast';
import { AppError } from '@/lib/errors';
import { parseName } from '@/lib/engine/wire/names';

/** `${NAME}`, `$NAME` and `${NAME:-default}`: what FROM understands. */
function expand(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    /\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g,
    (_match, braced: string | undefined, fallback: string | undefined, bare: string | undefined) =>
      values.get(braced ?? bare ?? '') || fallback || '',
  );
}

function hostOf(image: string): string | null {
  try {
    return parseName(image).host;
  } catch (error) {
    if (error instanceof AppError) return null; // Not a reference: the engine will say so.
    throw error;
  }
}

/** The registries from which a Dockerfile takes images, by FROM and by COPY --from. */
export function baseHosts(dockerfileText: string, buildArgs: Record<string, string>): string[] {
  const dockerfile = DockerfileParser.parse(dockerfileText);
  const values = new Map<string, string>();
  for (const argument of dockerfile.getInitialARGs()) {
    const property = argument.getProperty();
    if (!property) continue;
    const name = property.getName();
    values.set(name, buildArgs[name] ?? expand(property.getValue() ?? '', values));
  }
  const froms: From[] = dockerfile.getFROMs();
  const stages = new Set(froms.flatMap((from) => from.getBuildStage()?.toLowerCase() ?? []));
  const copies: Copy[] = dockerfile.getCOPYs();
  const images = [
    ...froms.map((from) => from.getImage() ?? ''),
    ...copies.map((copy) => copy.getFromFlag()?.getValue() ?? ''),
  ];
  const hosts = images
    .map((image) => expand(image, values))
    .filter(
      (image) => image && image !== 'scratch' && !/^\d+$/.test(image) && !stages.has(image.toLowerCase()),
    )
    .map(hostOf)
    .filter((host) => host !== null);
  return [...new Set(hosts)];
}
