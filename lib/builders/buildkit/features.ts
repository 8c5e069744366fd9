import { isOlderApi } from '@/lib/engine/wire/api-version';
import { type BaseQuestion, type BaseResolution, isForPlatform } from '@/lib/builders/base-resolution';
import type { BuilderFeatures } from '@/lib/builders/features';
import { notHonoured, supportBut } from '@/lib/builders/option-support';
import { frontendDialect } from '@/lib/dockerfiles/dialect';

/**
 * BuildKit by `/build`, which sets image-resolve-mode to `pull` or `default` and has no way to say `local`. `default`
 * means the local image on graph drivers, if its platform fits (builder-next/adapters/containerimage of moby), and the
 * registry's on the containerd store, with the local one for every failure (util/resolver of BuildKit).
 */
function resolveLocalBase({ product, store, pull, platform, frontend }: BaseQuestion): BaseResolution {
  if (product === 'podman') return 'unknown'; // it has no BuildKit
  // The frontend is looked up before it reads any option, so also before `pull`.
  if (pull && !frontend) return 'registry';
  if (store === 'containerd') return 'registry-first';
  return isForPlatform(platform) ? 'local' : 'registry';
}

/** Docker 23, the first whose BuildKit takes them; 20.10 ignores them without a word (measured). */
const firstWithLimits = '1.42';

/**
 * Measured on 20.10 (limits.engine.test.ts): every build runs in `buildkit` below the engine's own cgroup parent; memory, CPU
 * quota and set, CPU shares and a cgroup parent in the request change nothing.
 */
const support: BuilderFeatures['support'] = ({ version, apiVersion }) => {
  const limit = notHonoured(
    'BuildKit takes no such limit for a build; the classic builder does. The engine’s cgroup parent limits all builds together.',
  );
  const ignored = notHonoured(
    `BuildKit in this engine (${version}) ignores it. Docker 23 or newer, or the classic builder, honours it.`,
  );
  const old = isOlderApi(apiVersion, firstWithLimits) ? { shmSize: ignored, ulimits: ignored } : {};
  return supportBut({ memory: limit, cpus: limit, cpuset: limit, ...old });
};

/** BuildKit by the engine's `/build`. */
export const buildkitFeatures: BuilderFeatures = {
  dialect: frontendDialect,
  cancelBy: 'request',
  platforms: 'one',
  cacheExport: false,
  clipsLogs: true,
  basesById: false,
  cacheKey: { settings: false, commandOptions: true },
  // It came with API 1.39 and is in every Docker Engine for Linux; Podman ignores the wish for it.
  isIn: ({ product, os }) => product === 'docker' && os === 'linux',
  support,
  resolveLocalBase,
};
