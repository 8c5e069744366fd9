import 'server-only';
import type { Permission } from '@/lib/commands/permissions';
import type { Engine } from '@/lib/engine/engine';
import type { OperationEvent, StepKind } from '@/lib/events/events';
import { remember } from '@/lib/remember';
import type { Actor, OperationId } from '@/lib/ids';

/** What a kind gets to do its work with. */
export interface OperationContext<Input = unknown> {
  id: OperationId;
  /** Parsed with the kind's schema. */
  input: Input;
  user: Actor | null;
  engine: Engine;
  /** Aborted with an AppError (`cancelled` or `interrupted`) as its reason. */
  signal: AbortSignal;
  /** Await it: a producer that is quicker than the disk has to wait. Gives the event's number. */
  emit: (event: OperationEvent, live?: OperationEvent) => Promise<number>;
  /** Emits all events of a piece of engine work and returns its result. */
  pipe: <Result>(work: AsyncGenerator<OperationEvent, Result, void>) => Promise<Result>;
  /** Brackets own work as a step of its own; its error is shown on the step and thrown on. */
  step: <Result>(
    name: string,
    work: (step: string) => Promise<Result>,
    options?: { id?: string; kind?: StepKind },
  ) => Promise<Result>;
}

/** Operations of a lane share its limit of how many run at once. */
export type Lane = 'build' | 'transfer' | 'workbench';

/** What a crash left of an operation. */
export interface Recovery<Result = unknown> {
  succeeded: boolean;
  message: string;
  result?: Result;
}

/** A declared kind as the runner, the recovery and the lists use it: input and result are of no known type. */
export interface OperationKind {
  kind: string;
  read: Permission;
  /** Asked for beside `operation:cancel`. */
  cancel?: Permission;
  lane: Lane;
  /** The page of one of them. */
  href: (id: OperationId) => string;
  /** Shown while one runs, for a kind without steps. */
  runningText?: string;
  /** It frees disk space: it is started, too, when the server's disk is almost full. */
  freesSpace?: boolean;
  /** Whether one may begin now; without it always. Those that may not stay queued until the engine changes. */
  ready?: (engine: Engine) => Promise<boolean>;
  /** Returns what is stored as the result. An AppError fails the operation with its message. */
  run: (context: OperationContext) => Promise<unknown>;
  /** Removes what was stored for one that is cancelled before it has begun. */
  discard?: (input: unknown) => Promise<void>;
  /** After a crash: what became of it, or null where nobody can know. */
  recover?: (engine: Engine, id: OperationId, input: unknown) => Promise<Recovery | null>;
}

const kinds = () => remember('operation-kinds', () => new Map<string, OperationKind>());

export const registerKind = (kind: OperationKind): void => void kinds().set(kind.kind, kind);

export const findKind = (name: string): OperationKind | undefined => kinds().get(name);

export function getKind(name: string): OperationKind {
  const kind = findKind(name);
  if (!kind) throw new Error(`No operation of kind ${name} is defined`);
  return kind;
}
