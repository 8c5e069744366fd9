import 'server-only';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { db, type Transaction } from '@/lib/db/client';
import { operationStatus } from '@/lib/operations/schema';
import { untilStored } from '@/lib/operations/storage';
import type { OperationId, ProjectId } from '@/lib/ids';
import {
  type ComparisonInput,
  type ComparisonSummary,
  type Difference,
  difference,
  type Figures,
  type Proof,
} from './schema';

/** Differences stored per comparison. */
const maxKept = 20_000;

const fields = {
  operationId: true,
  projectId: true,
  buildId: true,
  imageId: true,
  builtId: true,
  baseId: true,
  agree: true,
  volatile: true,
  different: true,
  missing: true,
  extra: true,
  operation: { select: { status: true, queuedAt: true, errorMessage: true } },
} as const;

const readRows = (where: object, take: number) =>
  db().comparison.findMany({ where, orderBy: { operationId: 'desc' }, take, select: fields });

type Row = Awaited<ReturnType<typeof readRows>>[number];

function toSummary({
  operation,
  operationId,
  agree,
  volatile,
  different,
  missing,
  extra,
  ...row
}: Row): ComparisonSummary {
  const known =
    agree !== null && volatile !== null && different !== null && missing !== null && extra !== null;
  return {
    ...row,
    id: operationId,
    status: operationStatus.parse(operation.status),
    at: operation.queuedAt.getTime(),
    errorMessage: operation.errorMessage,
    figures: known ? { agree, volatile, different, missing, extra } : null,
  };
}

export async function insertComparison(
  tx: Transaction,
  id: OperationId,
  input: ComparisonInput,
): Promise<void> {
  await tx.comparison.create({ data: { operationId: id, ...input } });
}

export async function saveResult(
  id: OperationId,
  figures: Figures,
  differences: Difference[],
): Promise<void> {
  const lines = differences.slice(0, maxKept).map((one) => JSON.stringify(one));
  const data = { ...figures, differences: new Uint8Array(deflateRawSync(lines.join('\n'))) };
  await untilStored(() => db().comparison.update({ where: { operationId: id }, data }));
}

/** Newest first. */
export const listComparisons = async (projectId: ProjectId, limit: number): Promise<ComparisonSummary[]> =>
  (await readRows({ projectId }, limit)).map(toSummary);

export async function findComparison(id: OperationId): Promise<ComparisonSummary | null> {
  const [row] = await readRows({ operationId: id }, 1);
  return row ? toSummary(row) : null;
}

export async function listDifferences(id: OperationId): Promise<Difference[]> {
  const row = await db().comparison.findUnique({ where: { operationId: id }, select: { differences: true } });
  if (!row?.differences) return [];
  return inflateRawSync(row.differences)
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => difference.parse(JSON.parse(line)));
}

export async function insertProof(tx: Transaction, proof: Proof): Promise<void> {
  await tx.proof.upsert({ where: { projectId: proof.projectId }, create: proof, update: proof });
}

export async function findProof(projectId: ProjectId): Promise<Proof | null> {
  const row = await db().proof.findUnique({ where: { projectId } });
  if (!row) return null;
  const { imageId, imageName, baseId, commitId } = row;
  return { projectId, imageId, imageName, baseId, commitId };
}
