import type { Role } from '@/lib/commands/roles';
import { readableValues } from '@/lib/commands/values';
import type { BuildDetails } from './schema';

/** The build as it may be sent to somebody: without values that they may not read. */
export const readableBuild = (user: { role: Role }, build: BuildDetails): BuildDetails => ({
  ...build,
  options: { ...build.options, buildArgs: readableValues(user, build.options.buildArgs) },
});
