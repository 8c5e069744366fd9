import type { ContainerSummary } from '@/lib/engine/containers/types';
import type { StepKind } from '@/lib/events/events';

export interface ImageSummary {
  id: string;
  /** `repository:tag`, without `<none>`. */
  tags: string[];
  digests: string[];
  created: number;
  size: number;
  /** Number of containers made from it. */
  containers: number;
  labels: Record<string, string>;
}

export interface HistoryEntry {
  id: string | null;
  created: number;
  /** The instruction as the engine kept it, without `/bin/sh -c #(nop)` and the like. */
  instruction: string;
  /** Its hue: run, copy, config; internal for what no Dockerfile says (an import, a commit). */
  kind: StepKind;
  size: number;
  /** It made no layer, or one without any file. */
  empty: boolean;
  /** diff id of its layer; absent where it made none, or where the engine does not let us tell which. */
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
  /** Oldest first, as the Dockerfile reads. */
  history: HistoryEntry[];
}

/** A container made from an image. */
export type ImageContainer = Pick<ContainerSummary, 'id' | 'name' | 'state'>;

export interface PullResult {
  /** Image id as the engine lists it. */
  id: string;
}

export interface PushResult {
  /** Manifest digest as the engine reported it. */
  digest: string;
  size?: number;
}
