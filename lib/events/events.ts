/**
 * The event model of operations. The terms follow BuildKit (client/graph.go: vertex, status, log, warning) with the
 * field's usual names. Times are milliseconds since 1970, with fractions if the engine has nanoseconds.
 */
export const stepKinds = ['base', 'run', 'copy', 'config', 'transfer', 'export', 'internal'] as const;
export type StepKind = (typeof stepKinds)[number];

/** An instruction of the Dockerfile; other kinds are work of the builder and the engine. */
export const isWritten = (kind: StepKind): boolean =>
  kind !== 'internal' && kind !== 'transfer' && kind !== 'export';

/** The latest value of each field wins; `null` clears a field (BuildKit restarts a step after its cache look-up). */
export interface StepEvent {
  type: 'step';
  step: string;
  name?: string;
  kind?: StepKind;
  /** Line of the Dockerfile, from 1. */
  line?: number;
  /** Steps that this one depends on. */
  inputs?: string[];
  started?: number | null;
  completed?: number | null;
  cached?: boolean;
  error?: string | null;
}

const progressStates = ['waiting', 'active', 'done', 'exists', 'mounted', 'failed'] as const;
export type ProgressState = (typeof progressStates)[number];

/** The latest event wins, by step and id. */
export interface ProgressEvent {
  type: 'progress';
  step: string;
  id: string;
  label: string;
  state: ProgressState;
  /** It failed and will be retried; the label has the delay. */
  retrying?: true;
  current?: number;
  total?: number;
  unit?: 'bytes' | 'items';
}

/** A piece of output with its line ends; without a final line end, its last line continues in the next piece. */
export interface LogEvent {
  type: 'log';
  step: string;
  stream: 'stdout' | 'stderr';
  at?: number;
  text: string;
  /** The exact bytes in base64, if they are not valid UTF-8. */
  raw?: string;
  /** The engine omitted output here (BuildKit's limits). */
  clipped?: boolean;
}

export interface WarningEvent {
  type: 'warning';
  step?: string;
  /** Name of the rule, if any. */
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
  /** Number of terminal bytes before it. */
  from: number;
  at: number;
  /** Number of bytes omitted here, because of the recording's limit. */
  skipped?: number;
  /** Output of an earlier connection: the last screen is restored. */
  again?: true;
}

/** The terminal has this size from here on. */
interface SizeEvent {
  type: 'size';
  columns: number;
  rows: number;
}

/** The new owner of the keyboard; the viewer's id identifies a page, not a user. */
interface KeyboardEvent {
  type: 'keyboard';
  viewer: string | null;
  name: string;
}

/** A recorded command has changed: reload it. */
interface CommandEvent {
  type: 'command';
  number: number;
}

const endStatuses = ['succeeded', 'failed', 'cancelled', 'interrupted'] as const;
export type EndStatus = (typeof endStatuses)[number];

/** Always last, exactly once, and sent only after the operation's row is updated. */
export interface EndEvent {
  type: 'end';
  status: EndStatus;
  message?: string;
}

/** Shown live only; not part of the folded state. */
type TerminalEvent = OutputEvent | SizeEvent | KeyboardEvent | CommandEvent;

export const isTerminalEvent = (event: OperationEvent): event is TerminalEvent =>
  event.type === 'output' || event.type === 'size' || event.type === 'keyboard' || event.type === 'command';

export type OperationEvent = StepEvent | ProgressEvent | LogEvent | WarningEvent | TerminalEvent | EndEvent;

/** An event with its number in the operation, from 1 without gaps, and its storage time. */
export type StoredEvent = OperationEvent & { seq: number };
