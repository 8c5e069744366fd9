import type { BuildContext } from '@/lib/contexts/context';
import type { DockerfileContent } from '@/lib/contexts/read-dockerfile';
import type { Engine } from '@/lib/engine/engine';
import type { EngineWork } from '@/lib/engine/types';
import type { EngineLoginFor } from '@/lib/registry/access';
import type { ImageId, OperationId } from '@/lib/ids';
import type { BuilderName } from './choices';
import type { BuilderFeatures } from './features';

export interface BuildRequest {
  /** Unique; the engine's cancel goes by it. */
  buildId: OperationId;
  builder: BuilderName;
  context: BuildContext;
  /** Sent in place of the file, which may have been changed since it was checked. */
  dockerfile: DockerfileContent;
  tags: string[];
  buildArgs: Record<string, string>;
  labels: Record<string, string>;
  target?: string;
  platform?: string;
  noCache: boolean;
  pull: boolean;
  networkMode?: 'default' | 'none' | 'host';
  /** `host:ip` */
  extraHosts: string[];
  cacheFrom: string[];
  secrets: Record<string, Buffer>;
  shmSize?: number;
  ulimits: { name: string; soft: number; hard: number }[];
  memory?: number;
  cpus?: number;
  /** `0-3,5` */
  cpuset?: string;
  credentials: EngineLoginFor;
}

export interface BuildResult {
  imageId: ImageId;
}

/** What runs builds. What it can is in its features: nobody else asks which builder it is. */
export interface Builder {
  features: BuilderFeatures;
  /**
   * Runs one build and returns only what it has proved. It throws AppError otherwise: build_failed with the step's own
   * message, cancelled, engine_unreachable, engine_full, invalid_input.
   */
  build(engine: Engine, request: BuildRequest, signal: AbortSignal): EngineWork<BuildResult>;
}
