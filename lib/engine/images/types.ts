import type { ContainerSummary } from '@/lib/engine/containers/types';
import type { StepKind } from '@/lib/events/events';

export interface ImageSummary {
  id: string;
  /** `repository:tag`, without `<none>`. */
  tags: string[];
  digests: string[];
  created: number;
  size: number;
  /** Number of containers created from it. */
  containers: number;
  labels: Record<string, string>;
}

export interface HistoryEntry {
  id: string | null;
  created: number;
  /** Without `/bin/sh -c #(nop)` and similar additions of the engine. */
  instruction: string;
  /** internal for what is not from a Dockerfile (an import, a commit). */
  kind: StepKind;
  /** Bytes; null for a layer that the engine has not unpacked. */
  size: number | null;
  /** It has no layer, or one without files. */
  empty: boolean;
  /** diff id of its layer; absent if it has none or if it is unknown. */
  layer?: string;
  comment: string;
  tags: string[];
}

export interface ImageDetails extends ImageSummary {
  parent: string | null;
  author: string;
  comment: string;
  os: string;
  architecture: string;
  config: {
    user: string;
    workingDirectory: string;
    entrypoint: string[] | null;
    command: string[] | null;
    environment: string[];
    exposedPorts: string[];
    volumes: string[];
    labels: Record<string, string>;
    stopSignal: string;
    healthcheck: string[] | null;
    onBuild: string[];
  };
  /** diff ids, base first. */
  layers: string[];
  /** Oldest first, as in the Dockerfile. */
  history: HistoryEntry[];
}

/** A container created from an image. */
export type ImageContainer = Pick<ContainerSummary, 'id' | 'name' | 'state'>;

export interface PullResult {
  /** Image id as the engine lists it. */
  id: string;
}

export interface PushResult {
  /** Manifest digest as the engine reported it. */
  digest: string;
  size?: number;
  /** The image is for several platforms, and the engine has pushed this one only: it does not have the others. */
  onlyPlatform?: string;
}
