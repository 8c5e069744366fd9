import 'server-only';
import type { OperationEvent, StepKind } from '@/lib/events/events';
import { remember } from '@/lib/remember';

/** What a kind gets to do its work with. */
export interface OperationContext {
  id: string;
  /** As given to startOperation; parse it with the kind's schema. */
  input: unknown;
  user: { id: string; name: string } | null;
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

export interface OperationKind {
  kind: string;
  /** Operations of a lane share its limit of how many run at once. */
  lane: 'build' | 'transfer' | 'workbench';
  /** Whether one may begin now; without it always. Those that may not stay in the queue until the engine changes. */
  ready?(): Promise<boolean>;
  /** Returns what is stored as the result. An AppError fails the operation with its words. */
  run: (context: OperationContext) => Promise<unknown>;
  /** After a crash: tells what became of it, or null where nobody can know. */
  recover?(
    id: string,
    input: unknown,
  ): Promise<{ succeeded: boolean; message: string; result?: unknown } | null>;
}

const kinds = () => remember('operation-kinds', () => new Map<string, OperationKind>());

/** Declares a kind of long work. Called once at start-up for each (lib/startup.ts). */
export function defineOperation(kind: OperationKind): OperationKind {
  kinds().set(kind.kind, kind);
  return kind;
}

export function getKind(name: string): OperationKind {
  const kind = kinds().get(name);
  if (!kind) throw new Error(`No operation of kind ${name} is defined`);
  return kind;
}

export const findKind = (name: string): OperationKind | undefined => kinds().get(name);

export const laneOf = (name: string): OperationKind['lane'] | undefined => findKind(name)?.lane;
