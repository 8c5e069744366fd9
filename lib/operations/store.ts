import 'server-only';
import { db, type Transaction } from '@/lib/db/client';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import { type Actor, newId, type OperationId } from '@/lib/ids';
import { takeRequestKey } from './request-key';
import { untilStored } from './storage';
import type { OperationSummary } from './schema';
import { summaryFields, type SummaryRow, toSummary } from './summary';

export interface NewOperation {
  kind: string;
  title: string;
  /** The engine that it runs on. */
  engine: Engine;
  input: unknown;
  user: Actor | null;
  /** The operation that starts this one. */
  parentId?: OperationId | null | undefined;
}

/** Whether a person waits for the answer, who is told that there is no room. Work that goes on by itself waits for it. */
export const isAskedFor = ({ user, parentId }: Pick<NewOperation, 'user' | 'parentId'>): boolean =>
  user !== null && !parentId;

/** Inserts a queued operation and what belongs to it, both or neither. Returns its id. */
export async function createOperation(
  operation: NewOperation,
  write?: (tx: Transaction, id: OperationId) => Promise<unknown>,
): Promise<string> {
  const id = newId();
  const requestKey = takeRequestKey();
  const store = async (tx: Transaction) => {
    await tx.operation.create({
      data: {
        id,
        kind: operation.kind,
        status: 'queued',
        title: operation.title,
        engineId: operation.engine.id,
        input: JSON.stringify(operation.input),
        userId: operation.user?.id ?? null,
        userName: operation.user?.name ?? null,
        parentId: operation.parentId ?? null,
        requestKey: requestKey ?? null,
      },
    });
    await write?.(tx, id);
  };
  const insert = () => db().$transaction(store);
  await (isAskedFor(operation) ? insert() : untilStored(insert));
  return id;
}

export async function renameOperation(tx: Transaction, id: OperationId, title: string): Promise<void> {
  await tx.operation.update({ where: { id }, data: { title } });
}

export async function findOperation(id: OperationId): Promise<OperationSummary | null> {
  const row = await db().operation.findUnique({ where: { id }, select: summaryFields });
  return row && toSummary(row);
}

/** The operation that a request with this key has started. */
export async function findByRequestKey(requestKey: string): Promise<OperationId | null> {
  return (await db().operation.findUnique({ where: { requestKey }, select: { id: true } }))?.id ?? null;
}

/** The id that sorts last; '' if there is none. */
export async function newestId(): Promise<string> {
  const { _max } = await db().operation.aggregate({ _max: { id: true } });
  return _max.id ?? '';
}

export async function getOperation(id: OperationId): Promise<OperationSummary> {
  const operation = await findOperation(id);
  if (!operation)
    throw new AppError('not_found', 'The operation does not exist, or its history was deleted.');
  return operation;
}

/** An operation with its input and result as stored; the kind's own schemas parse them. */
export interface OperationValues {
  operation: OperationSummary;
  input: unknown;
  result: unknown;
}

const valueFields = { ...summaryFields, input: true, result: true } as const;

const toValues = ({
  input,
  result,
  ...row
}: SummaryRow & { input: string; result: string | null }): OperationValues => ({
  operation: toSummary(row),
  input: JSON.parse(input) as unknown,
  result: result === null ? null : (JSON.parse(result) as unknown),
});

export async function findValues(id: OperationId): Promise<OperationValues | null> {
  const row = await db().operation.findUnique({ where: { id }, select: valueFields });
  return row && toValues(row);
}

/** What a run needs to begin. */
export async function getOperationOwner(id: OperationId): Promise<{ input: unknown; user: Actor | null }> {
  const row = await db().operation.findUniqueOrThrow({
    where: { id },
    select: { input: true, userId: true, userName: true },
  });
  const user = row.userId && row.userName ? { id: row.userId, name: row.userName } : null;
  return { input: JSON.parse(row.input), user };
}

/** A part of a list, newest first. */
export interface OperationPage {
  /** Ids before this one. */
  before?: string;
  limit: number;
}

interface OperationFilter extends OperationPage {
  kinds?: string[];
  parentId?: OperationId;
}

export async function listOperations(filter: OperationFilter): Promise<OperationSummary[]> {
  const rows = await db().operation.findMany({
    where: {
      ...(filter.kinds && { kind: { in: filter.kinds } }),
      ...(filter.parentId && { parentId: filter.parentId }),
      ...(filter.before && { id: { lt: filter.before } }),
    },
    orderBy: { id: 'desc' },
    take: filter.limit,
    select: summaryFields,
  });
  return rows.map(toSummary);
}

export async function listValues(kind: string, { before, limit }: OperationPage): Promise<OperationValues[]> {
  const rows = await db().operation.findMany({
    where: { kind, ...(before && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit,
    select: valueFields,
  });
  return rows.map(toValues);
}

/** Those of them that have ended. */
export async function listEnded(ids: OperationId[]): Promise<OperationSummary[]> {
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
export async function claimOperation(
  id: OperationId,
  runnerId: string,
  startedAt = new Date(),
): Promise<boolean> {
  const { count } = await db().operation.updateMany({
    where: { id, status: 'queued', runnerId: null },
    data: { status: 'running', runnerId, startedAt },
  });
  return count === 1;
}

export async function markCancelAsked(id: OperationId): Promise<void> {
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

/** Deletes ended operations with everything of theirs. Returns how many. */
export async function deleteOperations(ids: OperationId[]): Promise<number> {
  const { count } = await db().operation.deleteMany({
    where: { id: { in: ids }, status: { notIn: ['queued', 'running'] } },
  });
  return count;
}
