import type { OperationEvent } from '@/lib/events/events';

/** The engine's current state. If it is not `ready`, message and hint can be shown. */
export type EngineStatus =
  | { state: 'ready'; engine: EngineFacts }
  | { state: 'away' | 'denied' | 'too_old' | 'stalled'; address: string; message: string; hint: string };

/** What the gate before an engine lets through of what reaches the engine's host: bin/gate/allowed.js. */
export interface GateAllows {
  network: boolean;
  profiles: boolean;
  enter: boolean;
  binds: string[];
}

export interface EngineFacts {
  address: string;
  product: 'docker' | 'podman';
  version: string;
  apiVersion: string;
  os: string;
  arch: string;
  kernel: string;
  /** With the containerd image store, image ids are manifest digests. */
  store: 'graphdriver' | 'containerd';
  storageDriver: string;
  dataRoot: string;
  /** File system of the data root (`extfs`, `xfs`); '' if unknown. */
  backingFileSystem: string;
  /** Whether that file system supports d_type, which overlay file systems need; null if unknown. */
  dType: boolean | null;
  /** Default log driver of containers. */
  logDriver: string;
  /** What the engine isolates containers with, as it says: `seccomp (default)`, `apparmor`, `userns`. */
  isolation: string[];
  /** The engine runs without root privileges on its host. */
  rootless: boolean;
  /** Null: there is no gate, or it does not say. */
  gate: GateAllows | null;
  /** The version of runc; empty if the engine does not say. */
  runc: string;
  cpus: number;
  memory: number;
  warnings: string[];
}

/** A long call: yields events, and returns a result if the engine reports success. Throws AppError otherwise. */
export type EngineWork<Result> = AsyncGenerator<OperationEvent, Result, void>;
