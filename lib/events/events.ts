/**
 * The event model. Everything that takes long tells its story in these; the words are BuildKit's
 * (client/graph.go: vertex, status, log, warning) in the field's plain names. Times are milliseconds since 1970, with
 * fractions where the engine gave nanoseconds.
 */
export const stepKinds = ['base', 'run', 'copy', 'config', 'transfer', 'export', 'internal'] as const;
export type StepKind = (typeof stepKinds)[number];

/** An instruction that somebody wrote; the rest is the builder's and the engine's own work. */
export const isWritten = (kind: StepKind): boolean =>
  kind !== 'internal' && kind !== 'transfer' && kind !== 'export';

/** Latest wins, field by field; `null` clears a field (BuildKit starts a step again after its cache look-up). */
export interface StepEvent {
  type: 'step';
  step: string;
  name?: string;
  kind?: StepKind;
  /** Line of the Dockerfile, from 1. */
  line?: number;
  /** Steps that this one waited for. */
  inputs?: string[];
  started?: number | null;
  completed?: number | null;
  cached?: boolean;
  error?: string | null;
}

const progressStates = ['waiting', 'active', 'done', 'exists', 'mounted', 'failed'] as const;
export type ProgressState = (typeof progressStates)[number];

/** Latest wins, whole, by step and id. */
export interface ProgressEvent {
  type: 'progress';
  step: string;
  id: string;
  label: string;
  state: ProgressState;
  /** It failed, and is tried again after a while; the label says when. */
  retrying?: true;
  current?: number;
  total?: number;
  unit?: 'bytes' | 'items';
}

/** A piece of output, with its line ends; a piece that does not end in one leaves its last line open. */
export interface LogEvent {
  type: 'log';
  step: string;
  stream: 'stdout' | 'stderr';
  at?: number;
  text: string;
  /** The exact bytes in base64, only when they were not valid UTF-8. */
  raw?: string;
  /** The engine left output out here (BuildKit's limits). */
  clipped?: boolean;
}

export interface WarningEvent {
  type: 'warning';
  step?: string;
  /** Name of the rule, when it has one. */
  code?: string;
  short: string;
  detail?: string;
  url?: string;
  file?: string;
  line?: number;
  endLine?: number;
}

/** Terminal bytes, base64. */
export interface OutputEvent {
  type: 'output';
  data: string;
  /** Bytes of the terminal before it. */
  from: number;
  at: number;
  /** So many bytes that stood here are not kept: the limit of the recording. */
  skipped?: number;
  /** An earlier connection had them: what stood on the screen is drawn anew. */
  again?: true;
}

/** The terminal has this size from now on. */
interface SizeEvent {
  type: 'size';
  columns: number;
  rows: number;
}

/** Who types, from now on; the viewer's id is of a page, not of a user. */
interface KeyboardEvent {
  type: 'keyboard';
  viewer: string | null;
  name: string;
}

/** Something about this recorded command is new: read it again. */
interface CommandEvent {
  type: 'command';
  number: number;
}

const endStatuses = ['succeeded', 'failed', 'cancelled', 'interrupted'] as const;
export type EndStatus = (typeof endStatuses)[number];

/** Always last, always once, and sent only after the operation's row says the same. */
export interface EndEvent {
  type: 'end';
  status: EndStatus;
  message?: string;
}

/** Shown as they come; nothing of them is in the folded state. */
type TerminalEvent = OutputEvent | SizeEvent | KeyboardEvent | CommandEvent;

export const isTerminalEvent = (event: OperationEvent): event is TerminalEvent =>
  event.type === 'output' || event.type === 'size' || event.type === 'keyboard' || event.type === 'command';

export type OperationEvent = StepEvent | ProgressEvent | LogEvent | WarningEvent | TerminalEvent | EndEvent;

/** An event with its number in its operation, from 1 without a gap, and the time it was stored. */
export type StoredEvent = OperationEvent & { seq: number };
