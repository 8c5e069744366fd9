import type { BuildContext } from '@/lib/contexts/context';
import type { CredentialsFor } from '@/lib/registry/access';
import type { BuilderName } from './choices';

export interface BuildRequest {
  /** Unique; the engine's cancel goes by it. */
  buildId: string;
  builder: BuilderName;
  context: BuildContext;
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
  credentials: CredentialsFor;
}

export interface BuildResult {
  imageId: string;
}
