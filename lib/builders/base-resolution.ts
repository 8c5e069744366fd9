import type { EngineFacts } from '@/lib/engine/types';

/**
 * Which image a builder takes for a name that the engine has a local image of.
 * `local`: that image. `registry-first`: the registry's if the registry gives one, else the local one. `registry`: the
 * registry's, and the build fails without it. `unknown`: it depends on what the engine does not tell.
 */
export type BaseResolution = 'local' | 'registry-first' | 'registry' | 'unknown';

export interface BaseQuestion {
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
