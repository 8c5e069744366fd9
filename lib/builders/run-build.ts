import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { buildWithBuildkit } from './buildkit/build';
import { buildClassic } from './classic/build';
import { readDockerfile } from '@/lib/contexts/read-dockerfile';
import { findImage } from '@/lib/engine/images/images';
import { engineFacts } from '@/lib/engine/system/status';
import type { BuildRequest, BuildResult } from './builder';
import type { EngineWork } from '@/lib/engine/types';

/**
 * Runs one build. It succeeded only if the engine named an image and then has it; it throws AppError otherwise:
 * build_failed with the step's own words, cancelled, engine_unreachable, storage_full, invalid_input.
 */
export async function* runBuild(
  engine: Engine,
  request: BuildRequest,
  signal: AbortSignal,
): EngineWork<BuildResult> {
  const dockerfile = await readDockerfile(request.context.root, request.context.dockerfile);
  const work =
    request.builder === 'buildkit'
      ? buildWithBuildkit(engine, request, dockerfile, signal)
      : buildClassic(engine, request, dockerfile, (await engineFacts(engine)).product, signal);
  const imageId = yield* work;
  const image = await findImage(engine, imageId);
  if (!image) {
    throw new AppError('build_failed', `The engine reported image ${imageId}, but does not have it.`, {
      hint: 'Something may have removed it at once; build again.',
    });
  }
  return { imageId: image.id };
}
