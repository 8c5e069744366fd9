import { featuresOf } from '@/lib/builders/features-of';
import type { Given } from '@/lib/dockerfiles/variables';
import type { BuildOptions } from '@/lib/projects/options/schema';
import type { BuildEngine } from './schema';

/** What a build tells its Dockerfile, so far as it is known. */
export const givenOf = (
  { buildArgs, platform, target }: Pick<BuildOptions, 'buildArgs' | 'platform' | 'target'>,
  engine: Pick<BuildEngine, 'os' | 'arch'> | null,
  builder: string | null,
): Given => ({
  buildArgs: Object.fromEntries(buildArgs.map(({ name, value }) => [name, value])),
  targetPlatform: platform,
  buildPlatform: engine ? `${engine.os}/${engine.arch}` : undefined,
  target,
  dialect: featuresOf(builder).dialect,
});
