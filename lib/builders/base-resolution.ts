import type { BuilderName, EngineFacts } from '@/lib/engine/types';

/**
 * Which image a builder takes for a name that the engine has a local image of.
 * `local`: that image. `registry-first`: the registry's if the registry gives one, else the local one. `registry`: the
 * registry's, and the build fails without it. `unknown`: it depends on what the engine does not tell.
 */
export type BaseResolution = 'local' | 'registry-first' | 'registry' | 'unknown';

export interface BaseQuestion {
  builder: BuilderName;
  product: EngineFacts['product'];
  store: EngineFacts['store'];
  /** The build's option to pull bases always. */
  pull: boolean;
  /** `os/architecture[/variant]`. */
  platform: {
    /** By the build or by its FROM; null where neither names one. */
    asked: string | null;
    local: string;
    engine: string;
  };
  /** It is the frontend, which a `# syntax=` line names. */
  frontend?: boolean;
}

const withoutVariant = (platform: string): string => platform.split('/').slice(0, 2).join('/');

/** Whether the local image is for the platform that is built. Variants (arm64/v8) are not told apart. */
export const isForPlatform = ({ asked, local, engine }: BaseQuestion['platform']): boolean =>
  withoutVariant(asked ?? engine) === withoutVariant(local);

/**
 * BuildKit by `/build`, which sets image-resolve-mode to `pull` or `default` and has no way to say `local`. `default`
 * means the local image on graph drivers, if its platform fits (builder-next/adapters/containerimage of moby), and the
 * registry's on the containerd store, with the local one for every failure (util/resolver of BuildKit).
 */
function byBuildkit({ store, pull, platform, frontend }: BaseQuestion): BaseResolution {
  // The frontend is looked up before it reads any option, so also before `pull`.
  if (pull && !frontend) return 'registry';
  if (store === 'containerd') return 'registry-first';
  return isForPlatform(platform) ? 'local' : 'registry';
}

/** With a graph driver the classic builder takes a local image of any platform (measured on 29). */
function byClassic({ store, pull, platform }: BaseQuestion): BaseResolution {
  if (pull) return 'registry';
  return store === 'graphdriver' || isForPlatform(platform) ? 'local' : 'unknown';
}

/** Podman's policy is "if missing", or "always" for `pull`; a platform that is asked for overrides the first. */
function byPodman({ builder, pull, platform }: BaseQuestion): BaseResolution {
  if (builder !== 'classic') return 'unknown';
  if (pull) return 'registry';
  return platform.asked === null ? 'local' : 'unknown';
}

/** How this builder resolves the name of an image that is stored locally. */
export function resolveLocalBase(question: BaseQuestion): BaseResolution {
  if (question.product === 'podman') return byPodman(question);
  return question.builder === 'buildkit' ? byBuildkit(question) : byClassic(question);
}
