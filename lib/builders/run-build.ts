import 'server-only';
import { buildkitBuilder } from './buildkit/build';
import type { Builder } from './builder';
import type { BuilderName } from './choices';
import { classicBuilder } from './classic/build';
import { checkTags, nameImage } from './name-image';

const builders: Record<BuilderName, Builder> = { buildkit: buildkitBuilder, classic: classicBuilder };

/** Runs one build with the builder that it asks for (see Builder), and names its image. */
export const runBuild: Builder['build'] = async function* (engine, request, signal) {
  checkTags(request.tags);
  const result = yield* builders[request.builder].build(engine, request, signal);
  yield* nameImage(engine, result.imageId, request.tags);
  return result;
};
