import 'server-only';
import { db, type Transaction } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { z } from 'zod';
import type { ImageId, OperationId, ProjectId } from '@/lib/ids';
import { buildIdsQuery } from './list-query';
import { operationStatus } from '@/lib/operations/schema';
import { untilStored } from '@/lib/operations/storage';
import { deleteOperations } from '@/lib/operations/store';
import { summaryFields as operationFields, toSummary as toOperationSummary } from '@/lib/operations/summary';
import { buildOptions } from '@/lib/projects/options/schema';
import {
  buildBase,
  type BuildDetails,
  buildEngine,
  type BuildFilter,
  buildInput,
  type BuildSummary,
  type TrendPoint,
} from './schema';

/** Never the text of the Dockerfile or the file list: a list of them would be heavy. */
const buildFields = {
  projectId: true,
  projectName: true,
  number: true,
  options: true,
  builder: true,
  imageId: true,
  imageSize: true,
  steps: true,
  cachedSteps: true,
  operation: { select: operationFields },
} as const;

const detailFields = {
  ...buildFields,
  dockerfile: true,
  dockerfileText: true,
  contextDigest: true,
  contextBytes: true,
  contextCount: true,
  bases: true,
  engine: true,
  operation: { select: { ...operationFields, input: true } },
} as const;

/** They were checked when they were stored: a list reads them without doing it again. */
const storedTags = z.object({ tags: z.array(z.string()).default([]) });

type SummaryRow = Awaited<ReturnType<typeof readSummaries>>[number];

const readSummaries = (where: object, limit: number) =>
  db().build.findMany({ where, orderBy: { operationId: 'desc' }, take: limit, select: buildFields });

function toSummary({ operation, options, ...row }: SummaryRow): BuildSummary {
  return {
    ...row,
    tags: storedTags.parse(JSON.parse(options)).tags,
    ...toOperationSummary(operation),
  };
}

/** Newest first; `more` tells whether there are older ones than the last. */
export async function listBuilds(
  filter: BuildFilter,
  limit: number,
): Promise<{ builds: BuildSummary[]; more: boolean }> {
  const found = await db().$queryRaw<{ id: OperationId }[]>(buildIdsQuery(filter, limit + 1));
  const ids = found.map((row) => row.id);
  const rows = await readSummaries({ operationId: { in: ids } }, ids.length);
  return { builds: rows.slice(0, limit).map(toSummary), more: ids.length > limit };
}

export async function findBuild(id: OperationId): Promise<BuildDetails | null> {
  const row = await db().build.findUnique({ where: { operationId: id }, select: detailFields });
  if (!row) return null;
  const {
    operation,
    dockerfile,
    dockerfileText,
    contextDigest,
    contextBytes,
    contextCount,
    bases,
    engine,
    ...rest
  } = row;
  const { input, ...bare } = operation;
  return {
    ...toSummary({ ...rest, operation: bare }),
    dockerfile,
    dockerfileText,
    contextDigest,
    contextBytes,
    contextCount,
    options: buildOptions.parse(JSON.parse(row.options)),
    bases: z.array(buildBase).parse(JSON.parse(bases)),
    engine: engine === null ? null : buildEngine.parse(JSON.parse(engine)),
    push: buildInput.parse(JSON.parse(input)).push,
  };
}

export async function getBuild(id: OperationId): Promise<BuildDetails> {
  const build = await findBuild(id);
  if (!build) throw new AppError('not_found', 'Build not found. It may have been deleted from the history.');
  return build;
}

/** The last ended builds of a project, oldest first. */
export async function listTrend(projectId: ProjectId, limit: number): Promise<TrendPoint[]> {
  const rows = await db().build.findMany({
    where: { projectId, operation: { endedAt: { not: null } } },
    orderBy: { operationId: 'desc' },
    take: limit,
    select: {
      operationId: true,
      number: true,
      imageSize: true,
      steps: true,
      cachedSteps: true,
      operation: { select: { status: true, startedAt: true, endedAt: true } },
    },
  });
  return rows.toReversed().map(({ operationId, number, imageSize, steps, cachedSteps, operation }) => {
    const { startedAt, endedAt } = operation;
    const succeeded = operation.status === 'succeeded';
    return {
      id: operationId,
      number,
      status: operationStatus.parse(operation.status),
      time: succeeded && startedAt && endedAt ? endedAt.getTime() - startedAt.getTime() : null,
      size: succeeded ? imageSize : null,
      cacheShare: succeeded && steps > 0 ? cachedSteps / steps : null,
    };
  });
}

/** The build of the same project before this one that came as far as any step. */
export async function findBuildBefore(
  build: Pick<BuildSummary, 'id' | 'projectId'>,
): Promise<BuildDetails | null> {
  if (build.projectId === null) return null;
  const row = await db().build.findFirst({
    where: { projectId: build.projectId, operationId: { lt: build.id }, steps: { gt: 0 } },
    orderBy: { operationId: 'desc' },
    select: { operationId: true },
  });
  return row && findBuild(row.operationId);
}

/** The newest build of each project. */
export async function lastBuilds(projectIds: string[]): Promise<Map<string, BuildSummary>> {
  const newest = await db().$queryRaw<{ id: OperationId | null }[]>`
    SELECT (SELECT max(operationId) FROM Build WHERE projectId = project.value) AS id
    FROM json_each(${JSON.stringify(projectIds)}) AS project`;
  const ids = newest.map((row) => row.id).filter((id) => id !== null);
  const rows = await readSummaries({ operationId: { in: ids } }, ids.length);
  return new Map(rows.map((row) => [row.projectId!, toSummary(row)]));
}

/** Takes the next number within the project, and returns it. */
export async function insertBuild(
  tx: Transaction,
  build: {
    id: OperationId;
    projectId: ProjectId;
    projectName: string;
    dockerfile: string;
    options: { tags: string[] };
  },
): Promise<number> {
  const { projectId } = build;
  const newest = await tx.build.aggregate({ where: { projectId }, _max: { number: true } });
  const number = (newest._max.number ?? 0) + 1;
  await tx.build.create({
    data: {
      operationId: build.id,
      projectId,
      projectName: build.projectName,
      number,
      dockerfile: build.dockerfile,
      options: JSON.stringify(build.options),
      words: [build.projectName, ...build.options.tags].join('\n'),
    },
  });
  return number;
}

interface BuildFacts {
  dockerfileText?: string;
  contextDigest?: string;
  contextBytes?: number;
  contextCount?: number;
  contextFiles?: Uint8Array<ArrayBuffer>;
  bases?: string;
  engine?: string;
  builder?: string;
  imageId?: ImageId;
  imageSize?: number;
  steps?: number;
  cachedSteps?: number;
}

export async function updateBuild(id: OperationId, facts: BuildFacts): Promise<void> {
  await untilStored(() => db().build.update({ where: { operationId: id }, data: facts }));
}

export async function findContextFiles(id: OperationId): Promise<Uint8Array | null> {
  const row = await db().build.findUnique({ where: { operationId: id }, select: { contextFiles: true } });
  return row?.contextFiles ?? null;
}

/** Deletes ended builds, with the pushes that they started. Returns how many builds. Other operations stay. */
export async function deleteBuilds(asked: string[]): Promise<number> {
  const builds = await db().build.findMany({
    where: { operationId: { in: asked } },
    select: { operationId: true },
  });
  const ids = builds.map(({ operationId }) => operationId);
  const children = await db().operation.findMany({ where: { parentId: { in: ids } }, select: { id: true } });
  const deleted = await deleteOperations(ids);
  await deleteOperations(children.map((child) => child.id));
  return deleted;
}

/** Ended builds that are older than a time, or beyond the newest `keep` of their project. */
export async function listExpired(before: Date | null, keep: number): Promise<string[]> {
  const old = before
    ? await db().build.findMany({
        where: { operation: { endedAt: { lt: before } } },
        select: { operationId: true },
      })
    : [];
  const beyond = keep
    ? await db().$queryRaw<{ operationId: OperationId }[]>`
        SELECT operationId FROM (
          SELECT operationId, row_number() OVER (PARTITION BY projectId ORDER BY operationId DESC) AS place FROM Build
        ) WHERE place > ${keep}`
    : [];
  return [...new Set([...old, ...beyond].map((row) => row.operationId))];
}

export async function readSetting(key: string): Promise<object | null> {
  const row = await db().setting.findUnique({ where: { key } });
  return row ? (JSON.parse(row.value) as object) : null;
}

export async function writeSetting(key: string, value: object): Promise<void> {
  const text = JSON.stringify(value);
  await db().setting.upsert({ where: { key }, create: { key, value: text }, update: { value: text } });
}
