import type { EngineId, OperationId } from '@/lib/ids';

/** What pages say of operations. No schema of ours: the browser would carry all of zod for it, on every page. */
export const operationStatuses = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
] as const;
export type OperationStatus = (typeof operationStatuses)[number];

export const isEnded = (status: OperationStatus) => status !== 'queued' && status !== 'running';

/** One row of a list; plain values only, so that it may go to the browser. Times in ms since 1970. */
export interface OperationSummary {
  id: OperationId;
  kind: string;
  /** Its page. */
  href: string;
  status: OperationStatus;
  title: string;
  engineId: EngineId;
  userName: string | null;
  parentId: OperationId | null;
  queuedAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** When somebody asked to cancel it. */
  cancelledAt: number | null;
  errorCode: string | null;
  errorMessage: string | null;
}

/** What is queued or running now, for every page's running work. */
export interface ActiveOperation extends OperationSummary {
  /** From 1 within its lane, while queued. */
  position: number | null;
  /** The step that runs now. */
  step: string | null;
}

export interface Pulse {
  active: ActiveOperation[];
  /** Goes up whenever an operation ends or starts: lists read again when it does. */
  version: number;
  /** Goes up whenever the engine's containers change. */
  containers: number;
  /** Goes up whenever the engine's images may have changed. */
  images: number;
  engine: {
    state: 'ready' | 'away' | 'denied' | 'too_old' | 'stalled';
    message: string;
    hint: string;
    /** ms since 1970; of the state. */
    since: number;
  };
  storage: StorageStatus;
}

/** Whether the data directory takes what happens: its disk, and the database on it. */
export interface StorageStatus {
  /** `low`: a warning. `reserve`: no new work is started. The others: nothing can be stored now. */
  state: 'ready' | 'low' | 'reserve' | 'full' | 'busy' | 'failed';
  message: string;
  hint: string;
  /** ms since 1970; of the state. */
  since: number;
}

/** The page of an operation whose kind has none of its own. */
export const operationHref = (id: OperationId): string => `/operations/${id}`;
