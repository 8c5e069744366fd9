import 'server-only';
import { db } from '@/lib/db/client';
import type { EndStatus, StoredEvent } from '@/lib/events/events';
import type { OpenLine } from '@/lib/events/lines';
import { emptyState, type OperationState, type StepState } from '@/lib/events/state';
import type { OperationId } from '@/lib/ids';
import { encodeChunk } from './chunks';
import type { LineRange } from './ranges';

const rangeRows = (operationId: OperationId, firstSeq: number, ranges: LineRange[]) =>
  ranges.map(({ step, firstLine, endLine, tail }) => ({
    operationId,
    step,
    firstLine,
    endLine,
    firstSeq,
    tail: tail.length > 0 ? JSON.stringify(tail) : null,
  }));

/** What a flush writes; one transaction. */
interface Flush {
  operationId: OperationId;
  events: readonly StoredEvent[];
  ranges: LineRange[];
  /** Set now and then: a reader starts from it instead of from the first event. */
  state?: OperationState;
}

function flushWrites({ operationId, events, ranges, state }: Flush, row: Record<string, unknown> = {}) {
  const firstSeq = events[0]!.seq;
  const lastSeq = events.at(-1)!.seq;
  return [
    db().eventChunk.create({ data: { operationId, firstSeq, lastSeq, ...encodeChunk(events) } }),
    ...(ranges.length ? [db().logRange.createMany({ data: rangeRows(operationId, firstSeq, ranges) })] : []),
    db().operation.update({
      where: { id: operationId },
      data: { ...row, lastSeq, ...(state && { state: JSON.stringify(state), stateSeq: state.seq }) },
    }),
  ];
}

export async function appendEvents(flush: Flush): Promise<void> {
  await db().$transaction(flushWrites(flush));
}

export interface Ending {
  status: EndStatus;
  result: unknown;
  errorCode: string | null;
  errorMessage: string | null;
}

/** The last flush, the final row and the steps, all or none. */
export async function endOperation(
  flush: Flush & { state: OperationState; endedAt: Date },
  ending: Ending,
): Promise<void> {
  const { operationId, state, endedAt } = flush;
  await db().$transaction([
    ...flushWrites(flush, {
      status: ending.status,
      endedAt,
      result: ending.result === undefined ? null : JSON.stringify(ending.result),
      errorCode: ending.errorCode,
      errorMessage: ending.errorMessage,
    }),
    db().step.createMany({
      data: state.steps.map((step, position) => ({
        operationId,
        position,
        step: step.id,
        name: step.name,
        kind: step.kind,
        line: step.line ?? null,
        startedAt: step.started ?? null,
        completedAt: step.completed ?? null,
        cached: step.cached,
        error: step.error ?? null,
      })),
    }),
  ]);
}

/** Earlier versions stored one open line, as `open`. */
function parseState(text: string): OperationState {
  const state = JSON.parse(text) as { steps: (StepState & { open?: OpenLine | null })[] } & OperationState;
  const steps = state.steps.map(({ open, ...step }) => ({
    ...step,
    openLines: step.openLines ?? (open ? [open] : []),
  }));
  return { ...state, steps };
}

export async function findSnapshot(
  id: OperationId,
): Promise<{ state: OperationState; lastSeq: number } | null> {
  const row = await db().operation.findUnique({ where: { id }, select: { state: true, lastSeq: true } });
  if (!row) return null;
  if (!row.state) return { state: emptyState, lastSeq: row.lastSeq };
  return { state: parseState(row.state), lastSeq: row.lastSeq };
}

interface Chunk {
  firstSeq: number;
  lastSeq: number;
  data: Uint8Array;
}

/** The next chunks that hold events after a number, in order. */
export const listChunks = (operationId: OperationId, after: number, limit: number): Promise<Chunk[]> =>
  db().eventChunk.findMany({
    where: { operationId, lastSeq: { gt: after } },
    orderBy: { firstSeq: 'asc' },
    take: limit,
    select: { firstSeq: true, lastSeq: true, data: true },
  });

export const listChunksAt = (operationId: OperationId, firstSeqs: number[]): Promise<Chunk[]> =>
  db().eventChunk.findMany({
    where: { operationId, firstSeq: { in: firstSeqs } },
    orderBy: { firstSeq: 'asc' },
    select: { firstSeq: true, lastSeq: true, data: true },
  });

interface StoredRange {
  step: string;
  firstLine: number;
  endLine: number;
  firstSeq: number;
  tail: string | null;
}

const rangeFields = { step: true, firstLine: true, endLine: true, firstSeq: true, tail: true } as const;

export const listRanges = (
  operationId: OperationId,
  step: string,
  from: number,
  to: number,
): Promise<StoredRange[]> =>
  db().logRange.findMany({
    where: { operationId, step, firstLine: { lt: to }, endLine: { gt: from } },
    orderBy: { firstSeq: 'asc' },
    select: rangeFields,
  });

export const listRangesIn = (
  operationId: OperationId,
  firstSeq: number,
  lastSeq: number,
  step?: string,
): Promise<StoredRange[]> =>
  db().logRange.findMany({
    where: { operationId, firstSeq: { gte: firstSeq, lte: lastSeq }, ...(step && { step }) },
    orderBy: { firstSeq: 'asc' },
    select: rangeFields,
  });
