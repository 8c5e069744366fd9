import 'server-only';
import { db, type Transaction } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import {
  type Actor,
  type ContainerId,
  type EngineId,
  type ImageId,
  newId,
  type OperationId,
  type WorkbenchId,
} from '@/lib/ids';
import { z } from 'zod';
import { untilStored } from '@/lib/operations/storage';
import { deleteOperations } from '@/lib/operations/store';
import {
  origins,
  recordings,
  type Recording,
  type WorkbenchDetails,
  type WorkbenchFile,
  type WorkbenchOptions,
  workbenchOptions,
  type WorkbenchSummary,
} from './schema';

const summaryFields = {
  id: true,
  origin: true,
  name: true,
  engineId: true,
  containerId: true,
  imageId: true,
  imageReference: true,
  shell: true,
  recording: true,
  userName: true,
  operationId: true,
  createdAt: true,
  endedAt: true,
  exitCode: true,
  oomKilled: true,
  removedAt: true,
  _count: { select: { commands: true } },
} as const;

const readSummaries = (where: object, limit: number) =>
  db().workbench.findMany({ where, orderBy: { id: 'desc' }, take: limit, select: summaryFields });

type SummaryRow = Awaited<ReturnType<typeof readSummaries>>[number];

function toSummary({ _count, ...row }: SummaryRow): WorkbenchSummary {
  return {
    ...row,
    origin: z.enum(origins).parse(row.origin),
    recording: z.enum(recordings).parse(row.recording),
    createdAt: row.createdAt.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
    removedAt: row.removedAt?.getTime() ?? null,
    commandCount: _count.commands,
  };
}

interface WorkbenchFilter {
  /** Based on this image. */
  imageId?: ImageId;
  containerId?: ContainerId;
  /** Ids before this one, newest first. */
  before?: string;
  limit?: number;
}

/** Newest first. */
export async function listWorkbenches(filter: WorkbenchFilter = {}): Promise<WorkbenchSummary[]> {
  const { imageId, containerId, before, limit = 100 } = filter;
  const where = {
    ...(imageId && { imageId }),
    ...(containerId && { containerId }),
    ...(before && { id: { lt: before } }),
  };
  return (await readSummaries(where, limit)).map(toSummary);
}

/** Container ids of workbenches, without those known to be removed. */
export async function listContainerIds(): Promise<Set<string>> {
  const rows = await db().workbench.findMany({ where: { removedAt: null }, select: { containerId: true } });
  return new Set(rows.map((row) => row.containerId));
}

export async function findWorkbench(id: WorkbenchId): Promise<WorkbenchDetails | null> {
  const row = await db().workbench.findUnique({
    where: { id },
    select: {
      ...summaryFields,
      options: true,
      terminals: { orderBy: { position: 'asc' }, select: { operationId: true } },
    },
  });
  if (!row) return null;
  const { options, terminals, ...summary } = row;
  return {
    ...toSummary(summary),
    options: workbenchOptions.parse(JSON.parse(options)),
    terminals: terminals.map(({ operationId }) => operationId),
  };
}

export async function getWorkbench(id: WorkbenchId): Promise<WorkbenchDetails> {
  const workbench = await findWorkbench(id);
  if (!workbench) throw new AppError('not_found', 'No such workbench. Its history may have been deleted.');
  return workbench;
}

export interface NewWorkbench {
  id: WorkbenchId;
  origin: (typeof origins)[number];
  name: string;
  engineId: EngineId;
  containerId: ContainerId;
  imageId: ImageId;
  imageReference: string;
  shell: string;
  recording: Recording;
  options: WorkbenchOptions;
  user: Actor | null;
}

export async function insertWorkbench(
  tx: Transaction,
  { options, user, ...fields }: NewWorkbench,
): Promise<void> {
  await tx.workbench.create({
    data: {
      ...fields,
      options: JSON.stringify(options),
      userId: user?.id ?? null,
      userName: user?.name ?? null,
    },
  });
}

/** Adds a terminal, which becomes the workbench's newest. */
export async function insertTerminal(
  tx: Transaction,
  workbenchId: WorkbenchId,
  operationId: OperationId,
): Promise<void> {
  const position = (await tx.workbenchTerminal.count({ where: { workbenchId } })) + 1;
  await tx.workbenchTerminal.create({ data: { operationId, workbenchId, position } });
  await tx.workbench.update({
    where: { id: workbenchId },
    data: { operationId, endedAt: null, exitCode: null, oomKilled: false },
  });
}

/** Uploaded files, oldest first. */
export async function listFiles(workbenchId: WorkbenchId): Promise<WorkbenchFile[]> {
  const rows = await db().workbenchFile.findMany({
    where: { workbenchId },
    orderBy: { id: 'asc' },
    select: { id: true, path: true, size: true, userName: true, createdAt: true, afterCommand: true },
  });
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime() }));
}

export async function insertFile(
  workbenchId: WorkbenchId,
  file: { path: string; size: number; userName: string | null },
): Promise<void> {
  const afterCommand = await db().workbenchCommand.count({ where: { workbenchId } });
  await db().workbenchFile.create({ data: { id: newId(), workbenchId, ...file, afterCommand } });
}

export async function noteShell(id: WorkbenchId, shell: string, recording: Recording): Promise<void> {
  await untilStored(() => db().workbench.update({ where: { id }, data: { shell, recording } }));
}

export async function noteProgram(
  operationId: OperationId,
  program: { pid?: number; execId?: string },
): Promise<void> {
  await untilStored(() => db().workbenchTerminal.update({ where: { operationId }, data: program }));
}

export const findProgram = (
  operationId: OperationId,
): Promise<{ pid: number | null; execId: string | null } | null> =>
  db().workbenchTerminal.findUnique({ where: { operationId }, select: { pid: true, execId: true } });

export async function noteEnd(
  id: WorkbenchId,
  end: { endedAt: Date; exitCode: number | null; oomKilled: boolean },
): Promise<void> {
  await db().workbench.update({ where: { id }, data: end });
}

export async function noteRemoved(id: WorkbenchId): Promise<void> {
  const now = new Date();
  await db().workbench.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } });
  await db().workbench.updateMany({ where: { id, removedAt: null }, data: { removedAt: now } });
}

/** The workbench that a terminal belongs to. */
export async function findByTerminal(operationId: OperationId): Promise<string | null> {
  const row = await db().workbenchTerminal.findUnique({
    where: { operationId },
    select: { workbenchId: true },
  });
  return row?.workbenchId ?? null;
}

/** Deletes a workbench and its recordings, not its container. */
export async function deleteWorkbench(id: WorkbenchId): Promise<void> {
  const terminals = await db().workbenchTerminal.findMany({
    where: { workbenchId: id },
    select: { operationId: true },
  });
  await db().workbench.delete({ where: { id } });
  await deleteOperations(terminals.map(({ operationId }) => operationId));
}

/** Ids of workbenches without a recorded end. */
export async function listOpen(): Promise<string[]> {
  const rows = await db().workbench.findMany({
    where: { endedAt: null },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
