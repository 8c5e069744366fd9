import type {
  LogEvent,
  OperationEvent,
  ProgressEvent,
  ProgressState,
  StepEvent,
  WarningEvent,
} from '@/lib/events/events';
import { explainStepError } from '@/lib/builders/errors';
import { LogTails } from '@/lib/builders/log-tails';
import type { LineMatcher } from '@/lib/dockerfiles/lines';
import { kindOfStep } from '@/lib/dockerfiles/step-names';
import { inReadingOrder } from './step-order';
import { TextPieces, type TextPiece } from '@/lib/engine/wire/text-pieces';
import type { Trace, Vertex, VertexLog, VertexStatus, VertexWarning } from './trace';

/** What BuildKit writes into a log where it left output out. */
const clippedMark = /\[output clipped, log limit [^\]]* reached\]/;

/** A step that only stopped because another failed, or because of a cancel: not an error of its own. */
const isStopped = (error: string): boolean => /context canceled/.test(error);

/** The part of a vertex that changes, as it is shown. */
type Shown = Required<Pick<StepEvent, 'started' | 'completed' | 'cached' | 'error'>>;

const notYet: Shown = { started: null, completed: null, cached: false, error: null };

function shownOf({ started, completed, cached, error }: Vertex): Shown {
  // Neither done nor failed: without an end it shows as cancelled.
  if (error !== null && isStopped(error)) return { started, completed: null, cached, error: null };
  return { started, completed, cached, error: error === null ? null : explainStepError(error) };
}

function changesOf(before: Shown, now: Shown): Partial<Shown> | null {
  const changed = Object.entries(now).filter(([key, value]) => before[key as keyof Shown] !== value);
  return changed.length > 0 ? Object.fromEntries(changed) : null;
}

function progressState(status: VertexStatus): ProgressState {
  if (status.completed) return 'done';
  return status.started || status.current > 0 ? 'active' : 'waiting';
}

/** `sha256:12ab…` in the middle of a label is cut to what people compare. */
const labelOf = (id: string) => id.replaceAll(/sha256:([a-f0-9]{12})[a-f0-9]{52}/g, '$1').replace(/:$/, '');

function progressOf(status: VertexStatus): ProgressEvent {
  const { vertex: step, id, current, total } = status;
  const event: ProgressEvent = {
    type: 'progress',
    step,
    id,
    label: labelOf(id),
    state: progressState(status),
  };
  if (current > 0 || total > 0) Object.assign(event, { current, unit: 'bytes' });
  if (total > 0) event.total = total;
  return event;
}

const lintText = /^([A-Z][A-Za-z]+): (.*?)(?: \(line \d+\))?$/s;

function warningOf(warning: VertexWarning): WarningEvent {
  const lint = lintText.exec(warning.short);
  const event: WarningEvent = { type: 'warning', short: lint?.[2] ?? warning.short };
  if (warning.vertex) event.step = warning.vertex;
  if (lint) event.code = lint[1];
  if (warning.detail) event.detail = warning.detail;
  if (warning.url) event.url = warning.url;
  if (warning.file) event.file = warning.file;
  if (warning.line) event.line = warning.line;
  if (warning.endLine) event.endLine = warning.endLine;
  return event;
}

/** Follows one build: turns its traces into events, of changes only, and knows what is running and what failed. */
export class BuildTracker {
  private readonly vertexes = new Map<string, Vertex>();
  private readonly bars = new Map<string, string>();
  private readonly texts = new Map<
    string,
    { log: Pick<VertexLog, 'vertex' | 'stream'>; pieces: TextPieces }
  >();
  private readonly warned = new Set<string>();
  private readonly tails = new LogTails();

  constructor(private readonly lineOf: LineMatcher = () => undefined) {}

  *apply(trace: Trace): Generator<OperationEvent, void, void> {
    for (const vertex of inReadingOrder(trace.vertexes, this.lineOf)) yield* this.step(vertex);
    for (const status of trace.statuses) yield* this.progress(status);
    for (const log of trace.logs) yield* this.log(log);
    for (const warning of trace.warnings) yield* this.warning(warning);
  }

  /** Characters that the logs left unfinished. */
  *end(): Generator<OperationEvent, void, void> {
    for (const { log, pieces } of this.texts.values()) {
      const rest = pieces.end();
      if (rest) yield this.logEvent({ ...log, at: null }, rest);
    }
  }

  /** Names of the steps at work now. */
  running(): string[] {
    return [...this.vertexes.values()]
      .filter((vertex) => vertex.started !== null && vertex.completed === null)
      .map((vertex) => vertex.name);
  }

  /** The step that made the build fail. */
  failed(): (Vertex & { error: string; line: number | undefined; tail: string }) | null {
    for (const vertex of this.vertexes.values()) {
      const { error } = vertex;
      if (error && !isStopped(error))
        return { ...vertex, error, line: this.lineOf(vertex.name), tail: this.tails.of(vertex.digest) };
    }
    return null;
  }

  private *step(told: Vertex): Generator<StepEvent, void, void> {
    const before = this.vertexes.get(told.digest);
    // A cached step whose layers are fetched only when they are needed is told once more, without its mark.
    const now = { ...told, cached: told.cached || before?.cached === true };
    this.vertexes.set(now.digest, now);
    const changes = changesOf(before ? shownOf(before) : notYet, shownOf(now));
    if (before) {
      if (changes) yield { type: 'step', step: now.digest, ...changes };
      return;
    }
    const line = this.lineOf(now.name);
    yield {
      type: 'step',
      step: now.digest,
      name: now.name,
      kind: kindOfStep(now.name),
      ...(line && { line }),
      ...(now.inputs.length > 0 && { inputs: now.inputs }),
      ...changes,
    };
  }

  private *progress(status: VertexStatus): Generator<ProgressEvent, void, void> {
    const event = progressOf(status);
    const key = `${status.vertex}\0${status.id}`;
    const value = JSON.stringify(event);
    if (this.bars.get(key) === value) return;
    this.bars.set(key, value);
    yield event;
  }

  private *log(log: VertexLog): Generator<LogEvent, void, void> {
    const key = `${log.vertex}\0${log.stream}`;
    const known = this.texts.get(key) ?? { log, pieces: new TextPieces() };
    this.texts.set(key, known);
    const text = known.pieces.push(log.bytes);
    if (text) yield this.logEvent(log, text);
  }

  private logEvent(log: Pick<VertexLog, 'vertex' | 'stream' | 'at'>, { text, raw }: TextPiece): LogEvent {
    this.tails.add(log.vertex, text);
    const event: LogEvent = { type: 'log', step: log.vertex, stream: log.stream, text };
    if (log.at !== null) event.at = log.at;
    if (raw) event.raw = raw;
    if (clippedMark.test(text)) event.clipped = true;
    return event;
  }

  private *warning(warning: VertexWarning): Generator<WarningEvent, void, void> {
    const event = warningOf(warning);
    const key = JSON.stringify({ ...event, step: undefined });
    if (this.warned.has(key)) return;
    this.warned.add(key);
    yield event;
  }
}
