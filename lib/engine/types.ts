import type { OperationEvent, StepKind } from '@/lib/events/events';

/** The engine as seen now. `away` and the rest carry words that can be shown. */
export type EngineStatus =
  | { state: 'ready'; engine: EngineFacts }
  | { state: 'away' | 'denied' | 'too_old' | 'stalled'; address: string; message: string; hint: string };

export interface EngineFacts {
  address: string;
  product: 'docker' | 'podman';
  version: string;
  apiVersion: string;
  os: string;
  arch: string;
  kernel: string;
  /** Whether images live in the containerd store: ids are then manifest digests. */
  store: 'graphdriver' | 'containerd';
  storageDriver: string;
  dataRoot: string;
  /** File system below the storage driver, as the engine calls it (`extfs`, `xfs`); empty where it does not say. */
  backingFileSystem: string;
  /** Whether that file system tells what its entries are, as overlay file systems need it; null where it is not said. */
  dType: boolean | null;
  /** Where the output of containers goes. */
  logDriver: string;
  /** Runs without the rights of root on its host. */
  rootless: boolean;
  /** Which builders it has, the better one first. */
  builders: BuilderName[];
  cpus: number;
  memory: number;
  warnings: string[];
}

export type BuilderName = 'buildkit' | 'classic';

/** Long engine work: events as they come, and a result when the engine has said it succeeded. Throws AppError otherwise. */
export type EngineWork<Result> = AsyncGenerator<OperationEvent, Result, void>;

export interface Credentials {
  username: string;
  password: string;
}

/** Answers one registry host (`host[:port]`, `docker.io` for the Hub); null where nothing is stored for it. */
export type CredentialsFor = (host: string) => Promise<Credentials | null>;

export interface BuildRequest {
  /** Unique; the engine's cancel goes by it. */
  buildId: string;
  builder: BuilderName;
  context: {
    directory: string;
    /** Stable per project: lets the engine keep the files of the last build and ask only for changes. */
    sharedKey: string;
    /**
     * True for a path (relative, `/`) that .dockerignore leaves out; for a directory with everything in it, unless
     * `reincludes` is set.
     */
    excludes: (path: string, isDirectory: boolean) => boolean;
    /** .dockerignore has `!` lines: folders that are left out must be looked into. Without, they are passed over. */
    reincludes?: boolean;
  };
  /** Relative to the context, `/`. */
  dockerfile: string;
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

export interface ImageSummary {
  id: string;
  /** `repository:tag`, without `<none>`. */
  tags: string[];
  digests: string[];
  created: number;
  size: number;
  /** Number of containers made from it; -1 where the engine does not say. */
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
export interface ImageContainer {
  id: string;
  name: string;
  /** created, running, paused, restarting, removing, exited, dead */
  state: string;
}

export interface PullResult {
  /** Image id as the engine lists it. */
  id: string;
}

export interface PushResult {
  /** Manifest digest as the engine reported it. */
  digest: string;
  size?: number;
}
