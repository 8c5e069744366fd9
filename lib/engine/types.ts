import type { OperationEvent } from '@/lib/events/events';

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
  cpus: number;
  memory: number;
  warnings: string[];
}

/** Long engine work: events as they come, and a result when the engine has said it succeeded. Throws AppError otherwise. */
export type EngineWork<Result> = AsyncGenerator<OperationEvent, Result, void>;
