import 'server-only';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { db, type Transaction } from '@/lib/db/client';
import { changeKinds, type ContainerChange } from '@/lib/engine/containers/files';
import type { ContainerId, EngineId, ImageId, OperationId } from '@/lib/ids';
import { untilStored } from '@/lib/operations/storage';
import { type CommitChanges, commitChanges, type CommitRecord, type CommitWay, commitWays } from './schema';

interface Row {
  operationId: OperationId;
  imageId: ImageId | null;
  reference: string | null;
  containerId: ContainerId;
  containerName: string;
  baseId: ImageId | null;
  baseName: string;
  message: string;
  author: string;
  way: string | null;
  leftOut: number;
  changes: string;
  operation: { engineId: EngineId; userName: string | null; queuedAt: Date };
}

const withOperation = {
  omit: { kept: true },
  include: { operation: { select: { engineId: true, userName: true, queuedAt: true } } },
} as const;

/** JSON lines of a kind's first letter and a path, raw deflate: installing packages changes tens of thousands. */
const packChanges = (changes: ContainerChange[]) =>
  new Uint8Array(deflateRawSync(changes.map(({ kind, path }) => kind[0] + JSON.stringify(path)).join('\n')));

const unpackChanges = (data: Uint8Array): ContainerChange[] =>
  inflateRawSync(data)
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => ({
      kind: changeKinds.find((kind) => kind[0] === line[0])!,
      path: JSON.parse(line.slice(1)) as string,
    }));

export interface StoredCommit extends CommitRecord {
  engineId: EngineId;
  userName: string | null;
  /** ms since 1970 */
  at: number;
}

const toCommit = ({ operationId, operation, way, changes, ...row }: Row): StoredCommit => ({
  ...row,
  id: operationId,
  way: commitWays.find((known) => known === way) ?? null,
  changes: commitChanges.parse(JSON.parse(changes)),
  engineId: operation.engineId,
  userName: operation.userName,
  at: operation.queuedAt.getTime(),
});

interface NewCommit {
  id: OperationId;
  containerId: ContainerId;
  containerName: string;
  reference: string | null;
  baseName: string;
  message: string;
  author: string;
  changes: CommitChanges;
}

export async function insertCommit(tx: Transaction, { id, changes, ...rest }: NewCommit): Promise<void> {
  await tx.commit.create({ data: { ...rest, operationId: id, changes: JSON.stringify(changes) } });
}

export async function updateCommit(
  id: OperationId,
  facts: {
    imageId?: ImageId;
    baseId?: ImageId | null;
    way?: CommitWay;
    leftOut?: number;
    held?: boolean;
    /** The changes that the image includes. */
    kept?: ContainerChange[];
  },
): Promise<void> {
  const { kept, ...rest } = facts;
  const data = { ...rest, ...(kept && { kept: packChanges(kept) }) };
  await untilStored(() => db().commit.update({ where: { operationId: id }, data }));
}

/** The changes of a commit's image against its base, by path. */
export async function listKept(id: OperationId): Promise<ContainerChange[]> {
  const row = await db().commit.findUnique({ where: { operationId: id }, select: { kept: true } });
  return row?.kept ? unpackChanges(row.kept) : [];
}

export async function findCommit(id: OperationId): Promise<StoredCommit | null> {
  const row = await db().commit.findUnique({ where: { operationId: id }, ...withOperation });
  return row && toCommit(row);
}

/** The latest commit that made this image. */
export async function findCommitOf(imageId: ImageId): Promise<StoredCommit | null> {
  const row = await db().commit.findFirst({
    where: { imageId },
    orderBy: { operationId: 'desc' },
    ...withOperation,
  });
  return row && toCommit(row);
}

/** Whether this commit has paused its container. */
export async function isHeld(id: OperationId): Promise<boolean> {
  const row = await db().commit.findUnique({ where: { operationId: id }, select: { held: true } });
  return row?.held ?? false;
}

/** The author of the user's latest commit: the form's default. */
export async function lastAuthor(userName: string): Promise<string> {
  const row = await db().commit.findFirst({
    where: { author: { not: '' }, operation: { userName } },
    orderBy: { operationId: 'desc' },
    select: { author: true },
  });
  return row?.author ?? '';
}
