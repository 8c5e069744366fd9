import type { RunConfig } from '@/lib/engine/wire/fields';
import type { ContainerId, ImageId } from '@/lib/ids';

export const containerStates = [
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
] as const;
/** As the engine calls them. */
export type ContainerState = (typeof containerStates)[number];

/** A port of a container; `outside` is null where it is exposed but not published. */
export interface ContainerPort {
  inside: number;
  protocol: 'tcp' | 'udp' | 'sctp';
  outside: number | null;
  /** Address of the engine's host that it listens on; empty or `0.0.0.0` for all of them. */
  address: string;
}

export interface ContainerSummary {
  id: ContainerId;
  name: string;
  /** The image as it was named when the container was made; an id where it lost its name. */
  image: string;
  imageId: ImageId;
  command: string;
  /** In ms since 1970. */
  created: number;
  state: ContainerState;
  /** Of one that ended; null where it runs, never ran, or where the engine does not say. */
  exitCode: number | null;
  health: ContainerHealth | null;
  ports: ContainerPort[];
  labels: Record<string, string>;
}

export type ContainerHealth = 'starting' | 'healthy' | 'unhealthy';

export interface ContainerMount {
  kind: 'volume' | 'bind' | 'tmpfs' | 'other';
  /** Of a volume; empty for the others. */
  name: string;
  source: string;
  target: string;
  writable: boolean;
  /** A volume that nobody named: it can be removed with its container. */
  anonymous: boolean;
}

interface ContainerNetwork {
  name: string;
  address: string;
  gateway: string;
  mac: string;
  aliases: string[];
}

export interface ContainerDetails {
  id: ContainerId;
  name: string;
  image: string;
  imageId: ImageId;
  created: number;
  state: ContainerState;
  exitCode: number | null;
  /** The kernel ended it for using too much memory. */
  outOfMemory: boolean;
  /** The engine's words where it could not be started. */
  error: string;
  health: ContainerHealth | null;
  /** In ms since 1970; null where it never was. */
  startedAt: number | null;
  finishedAt: number | null;
  restarts: number;
  /** Of its first process, on the engine's host; 0 where none runs. */
  pid: number;
  entrypoint: string[] | null;
  command: string[] | null;
  environment: string[];
  workingDirectory: string;
  user: string;
  hostname: string;
  labels: Record<string, string>;
  stopSignal: string;
  terminal: boolean;
  openStdin: boolean;
  restartPolicy: string;
  autoRemove: boolean;
  privileged: boolean;
  networkMode: string;
  logDriver: string;
  /** Bytes, CPUs, processes; 0 where there is no limit. */
  memory: number;
  cpus: number;
  pids: number;
  ports: ContainerPort[];
  mounts: ContainerMount[];
  networks: ContainerNetwork[];
}

/** What a commit has to know of its container. */
export interface CommitSource {
  id: ContainerId;
  name: string;
  /** Id of the image that it was made from, and the name that it was made by. */
  imageId: ImageId;
  imageName: string;
  running: boolean;
  paused: boolean;
  mounts: { kind: string; target: string }[];
  config: RunConfig;
}
