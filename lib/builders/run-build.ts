import 'server-only';
import { buildkitBuilder } from './buildkit/build';
import type { Builder } from './builder';
import type { BuilderName } from './choices';
import { classicBuilder } from './classic/build';

const builders: Record<BuilderName, Builder> = { buildkit: buildkitBuilder, classic: classicBuilder };

/** Runs one build with the builder that it asks for; see Builder. */
export const runBuild: Builder['build'] = (engine, request, signal) =>
  builders[request.builder].build(engine, request, signal);
