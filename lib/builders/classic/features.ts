import { type BaseQuestion, type BaseResolution, isForPlatform } from '@/lib/builders/base-resolution';
import type { BuilderFeatures } from '@/lib/builders/features';
import { notHonoured, supportBut } from '@/lib/builders/option-support';
import type { Dialect } from '@/lib/dockerfiles/dialect';

/** With a graph driver the classic builder takes a local image of any platform (measured on 29). */
function byDocker({ store, pull, platform }: BaseQuestion): BaseResolution {
  if (pull) return 'registry';
  return store === 'graphdriver' || isForPlatform(platform) ? 'local' : 'unknown';
}

/** Podman's policy is "if missing", or "always" for `pull`; a platform that is asked for overrides the first. */
function byPodman({ pull, platform }: BaseQuestion): BaseResolution {
  if (pull) return 'registry';
  return platform.asked === null ? 'local' : 'unknown';
}

const dialect: Dialect = { presetArgs: false, envWins: true, anyCaseStages: true, frontends: false };

/** The classic builder of Docker, and Podman's by the same call. */
export const classicFeatures: BuilderFeatures = {
  dialect,
  cancelBy: 'connection',
  platforms: 'one',
  cacheExport: false,
  clipsLogs: false,
  basesById: true,
  cacheKey: { settings: true, commandOptions: false },
  isIn: () => true,
  support: ({ product }) => {
    const name = product === 'podman' ? 'Podman' : 'The classic builder';
    return supportBut({ secrets: notHonoured(`${name} does not support build secrets; BuildKit does.`) });
  },
  resolveLocalBase: (question) => (question.product === 'podman' ? byPodman(question) : byDocker(question)),
};
