import 'server-only';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import type { EndStatus, StoredEvent } from '@/lib/events/events';
import { emptyState, type OperationState } from '@/lib/events/state';
import { encodeChunk } from './chunks';
import type { LineRange } from './ranges';
import { type OperationStatus, type OperationSummary, operationStatus } from './schema';

const summaryFields = {
  id: true,
  kind: true,
  status: true,
  title: true,
  userName: true,
  parentId: true,
  queuedAt: true,
  startedAt: true,
  endedAt: true,
  cancelledAt: true,
  errorCode: true,
  errorMessage: true,
} as const;

interface SummaryRow extends Omit<
  OperationSummary,
  'status' | 'queuedAt' | 'startedAt' | 'endedAt' | 'cancelledAt'
> {
  status: string;
  queuedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  cancelledAt: Date | null;
}

const toSummary = (row: SummaryRow): OperationSummary => ({
  ...row,
  status: operationStatus.parse(row.status),
  queuedAt: row.queuedAt.getTime(),
  startedAt: row.startedAt?.getTime() ?? null,
  endedAt: row.endedAt?.getTime() ?? null,
  cancelledAt: row.cancelledAt?.getTime() ?? null,
});

export interface NewOperation {
  kind: string;
  title: string;
  input: unknown;
  user: { id: string; name: string } | null;
  parentId?: string;
}

/** In the place of a runner's id: the row may not be run yet. */
const held = 'held';

/** `hold` keeps the runner away from it until releaseOperation. */
export async function insertOperation(operation: NewOperation, hold = false): Promise<string> {
  const id = newId();
  await db().operation.create({
    data: {
      id,
      kind: operation.kind,
      status: 'queued',
      runnerId: hold ? held : null,
      title: operation.title,
      input: JSON.stringify(operation.input),
      userId: operation.user?.id ?? null,
      userName: operation.user?.name ?? null,
      parentId: operation.parentId ?? null,
    },
  });
  return id;
}

export async function renameOperation(id: string, title: string): Promise<void> {
  await db().operation.update({ where: { id }, data: { title } });
}

export async function releaseOperation(id: string): Promise<void> {
  await db().operation.update({ where: { id }, data: { runnerId: null } });
}

/** At start-up: rows that a dead process had not finished writing; nobody was told their ids. */
export async function deleteHeld(): Promise<void> {
  await db().operation.deleteMany({ where: { status: 'queued', runnerId: held } });
}

export async function findOperation(id: string): Promise<OperationSummary | null> {
  const row = await db().operation.findUnique({ where: { id }, select: summaryFields });
  return row && toSummary(row);
}

export async function getOperation(id: string): Promise<OperationSummary> {
  const operation = await findOperation(id);
  if (!operation) throw new AppError('not_found', 'There is no such operation, or its history was deleted.');
  return operation;
}

/** Input and result as stored; the kind's own schema parses them. */
export async function getOperationValues(id: string): Promise<{ input: unknown; result: unknown }> {
  const row = await db().operation.findUniqueOrThrow({
    where: { id },
    select: { input: true, result: true },
  });
  return { input: JSON.parse(row.input), result: row.result === null ? null : JSON.parse(row.result) };
}

/** What a run needs to begin. */
export async function getOperationOwner(
  id: string,
): Promise<{ input: unknown; user: { id: string; name: string } | null }> {
  const row = await db().operation.findUniqueOrThrow({
    where: { id },
    select: { input: true, userId: true, userName: true },
  });
  const user = row.userId && row.userName ? { id: row.userId, name: row.userName } : null;
  return { input: JSON.parse(row.input), user };
}

export interface OperationFilter {
  kinds?: string[];
  statuses?: OperationStatus[];
  parentId?: string;
  /** Ids before this one, newest first. */
  before?: string;
  limit: number;
}

export async function listOperations(filter: OperationFilter): Promise<OperationSummary[]> {
  const rows = await db().operation.findMany({
    where: {
      ...(filter.kinds && { kind: { in: filter.kinds } }),
      ...(filter.statuses && { status: { in: filter.statuses } }),
      ...(filter.parentId && { parentId: filter.parentId }),
      ...(filter.before && { id: { lt: filter.before } }),
    },
    orderBy: { id: 'desc' },
    take: filter.limit,
    select: summaryFields,
  });
  return rows.map(toSummary);
}

/** The newest of a kind, with what each was asked to do. */
export async function listWithInput(
  kind: string,
  limit: number,
): Promise<{ operation: OperationSummary; input: unknown }[]> {
  const rows = await db().operation.findMany({
    where: { kind },
    orderBy: { id: 'desc' },
    take: limit,
    select: { ...summaryFields, input: true },
  });
  return rows.map(({ input, ...row }) => ({
    operation: toSummary(row),
    input: JSON.parse(input) as unknown,
  }));
}

/** Those of them that have ended. */
export async function listEnded(ids: string[]): Promise<OperationSummary[]> {
  const rows = await db().operation.findMany({
    where: { id: { in: ids }, status: { notIn: ['queued', 'running'] } },
    select: summaryFields,
  });
  return rows.map(toSummary);
}

/** Oldest first: the order in which they are run. */
export async function listActive(): Promise<OperationSummary[]> {
  const rows = await db().operation.findMany({
    where: { status: { in: ['queued', 'running'] } },
    orderBy: { id: 'asc' },
    select: summaryFields,
  });
  return rows.map(toSummary);
}

/** True when it was still queued and is now ours. */
export async function claimOperation(id: string, runnerId: string): Promise<boolean> {
  const { count } = await db().operation.updateMany({
    where: { id, status: 'queued', runnerId: null },
    data: { status: 'running', runnerId, startedAt: new Date() },
  });
  return count === 1;
}

export async function markCancelAsked(id: string): Promise<void> {
  await db().operation.updateMany({ where: { id, cancelledAt: null }, data: { cancelledAt: new Date() } });
}

/** Running rows that no living process owns. */
export async function listOrphans(runnerId: string): Promise<OperationSummary[]> {
  const rows = await db().operation.findMany({
    where: { status: 'running', NOT: { runnerId } },
    orderBy: { id: 'asc' },
    select: summaryFields,
  });
  return rows.map(toSummary);
}

const rangeRows = (operationId: string, firstSeq: number, ranges: LineRange[]) =>
  ranges.map(({ step, firstLine, endLine, tail }) => ({
    operationId,
    step,
    firstLine,
    endLine,
    firstSeq,
    tail: tail && JSON.stringify(tail),
  }));

/** What a flush writes; one transaction. */
export interface Flush {
  operationId: string;
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
export async function endOperation(flush: Flush & { state: OperationState }, ending: Ending): Promise<void> {
  const { operationId, state } = flush;
  await db().$transaction([
    ...flushWrites(flush, {
      status: ending.status,
      endedAt: new Date(),
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

export async function findSnapshot(id: string): Promise<{ state: OperationState; lastSeq: number } | null> {
  const row = await db().operation.findUnique({ where: { id }, select: { state: true, lastSeq: true } });
  if (!row) return null;
  return { state: row.state ? (JSON.parse(row.state) as OperationState) : emptyState, lastSeq: row.lastSeq };
}

export interface Chunk {
  firstSeq: number;
  lastSeq: number;
  data: Uint8Array;
}

/** The next chunks that hold events after a number, in order. */
export const listChunks = (operationId: string, after: number, limit: number): Promise<Chunk[]> =>
  db().eventChunk.findMany({
    where: { operationId, lastSeq: { gt: after } },
    orderBy: { firstSeq: 'asc' },
    take: limit,
    select: { firstSeq: true, lastSeq: true, data: true },
  });

export const listChunksAt = (operationId: string, firstSeqs: number[]): Promise<Chunk[]> =>
  db().eventChunk.findMany({
    where: { operationId, firstSeq: { in: firstSeqs } },
    orderBy: { firstSeq: 'asc' },
    select: { firstSeq: true, lastSeq: true, data: true },
  });

export interface StoredRange {
  step: string;
  firstLine: number;
  endLine: number;
  firstSeq: number;
  tail: string | null;
}

const rangeFields = { step: true, firstLine: true, endLine: true, firstSeq: true, tail: true } as const;

export const listRanges = (
  operationId: string,
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
  operationId: string,
  firstSeq: number,
  lastSeq: number,
  step?: string,
): Promise<StoredRange[]> =>
  db().logRange.findMany({
    where: { operationId, firstSeq: { gte: firstSeq, lte: lastSeq }, ...(step && { step }) },
    orderBy: { firstSeq: 'asc' },
    select: rangeFields,
  });

/** Deletes ended operations with everything of theirs. Returns how many. */
export async function deleteOperations(ids: string[]): Promise<number> {
  const { count } = await db().operation.deleteMany({
    where: { id: { in: ids }, status: { notIn: ['queued', 'running'] } },
  });
  return count;
}
