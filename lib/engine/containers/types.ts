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
/** The engine's names. */
export type ContainerState = (typeof containerStates)[number];

/** `outside` is null if the port is exposed but not published. */
export interface ContainerPort {
  inside: number;
  protocol: 'tcp' | 'udp' | 'sctp';
  outside: number | null;
  /** Address on the engine's host; empty or `0.0.0.0` for all addresses. */
  address: string;
}

export interface ContainerSummary {
  id: ContainerId;
  name: string;
  /** The reference that the container was created from; an id if the image has lost it. */
  image: string;
  imageId: ImageId;
  command: string;
  /** In ms since 1970. */
  created: number;
  state: ContainerState;
  /** null while it runs, if it never ran, or if unknown. */
  exitCode: number | null;
  health: ContainerHealth | null;
  ports: ContainerPort[];
  labels: Record<string, string>;
}

export type ContainerHealth = 'starting' | 'healthy' | 'unhealthy';

export interface ContainerMount {
  kind: 'volume' | 'bind' | 'tmpfs' | 'other';
  /** Of a volume; '' for other kinds. */
  name: string;
  source: string;
  target: string;
  writable: boolean;
  /** A volume with a generated name: it can be removed with its container. */
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
  /** The kernel killed it for using too much memory. */
  outOfMemory: boolean;
  /** The engine's message if it could not be started. */
  error: string;
  health: ContainerHealth | null;
  /** In ms since 1970; null if it has not started or finished. */
  startedAt: number | null;
  finishedAt: number | null;
  restarts: number;
  /** Of its main process on the engine's host; 0 if it does not run. */
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
  /** By what it reaches the host: lib/engine/containers/host-access.ts. */
  hostAccess: string[];
  /** What it may do less than by default, in words. */
  protections: string[];
  networkMode: string;
  logDriver: string;
  /** Limits in bytes, CPUs and processes; 0 for none. */
  memory: number;
  cpus: number;
  pids: number;
  ports: ContainerPort[];
  mounts: ContainerMount[];
  networks: ContainerNetwork[];
}

/** What a commit needs to know about its container. */
export interface CommitSource {
  id: ContainerId;
  name: string;
  /** Id of the container's image, and the reference that the container was created from. */
  imageId: ImageId;
  imageName: string;
  running: boolean;
  paused: boolean;
  mounts: { kind: string; target: string }[];
  config: RunConfig;
}
