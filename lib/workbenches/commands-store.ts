import 'server-only';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { can } from '@/lib/commands/permissions';
import type { Role } from '@/lib/commands/roles';
import { hiddenValue, readableValues } from '@/lib/commands/values';
import { db } from '@/lib/db/client';
import type { WorkbenchId } from '@/lib/ids';
import { untilStored } from '@/lib/operations/storage';
import { changeKinds, type PathChange, type RecordedCommand } from './schema';

/** Upper limit of String.split. */
const maxListed = 2 ** 32 - 1;

const letterOf = { added: 'A', changed: 'C', removed: 'D' } as const;
const kindOf = Object.fromEntries(changeKinds.map((kind) => [letterOf[kind], kind]));

/** Lines of a letter and a JSON path, raw deflate. */
function packChanges(changes: readonly PathChange[]): Uint8Array<ArrayBuffer> | null {
  if (!changes.length) return null;
  const text = changes.map(({ path, kind }) => letterOf[kind] + JSON.stringify(path)).join('\n');
  return new Uint8Array(deflateRawSync(Buffer.from(text)));
}

function unpackChanges(data: Uint8Array | null, limit: number): PathChange[] {
  if (!data) return [];
  const lines = inflateRawSync(data).toString('utf8').split('\n', limit);
  return lines.map((line) => ({ kind: kindOf[line[0]!]!, path: JSON.parse(line.slice(1)) as string }));
}

const environment = z.array(z.object({ name: z.string(), value: z.string().nullable() }));

/** By number. `changes` holds at most `changesOfEach` per command. */
export async function listCommands(
  workbenchId: WorkbenchId,
  {
    after = 0,
    limit,
    changesOfEach = Infinity,
  }: { after?: number; limit?: number; changesOfEach?: number } = {},
): Promise<RecordedCommand[]> {
  const rows = await db().workbenchCommand.findMany({
    where: { workbenchId, number: { gt: after } },
    orderBy: { number: 'asc' },
    take: limit,
  });
  return rows.map(({ operationId, workbenchId: _id, promptSeq: _seq, promptFrom: _from, ...row }) => ({
    ...row,
    terminal: operationId,
    startedAt: row.startedAt.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
    changes: unpackChanges(row.changes, Math.min(changesOfEach, maxListed)),
    environment: environment.parse(JSON.parse(row.environment)),
  }));
}

/** The same for a page: who may not read values sees neither the variables' values nor the commands that set them. */
export async function readCommandsFor(
  user: { role: Role },
  workbenchId: WorkbenchId,
  page: Parameters<typeof listCommands>[1],
): Promise<RecordedCommand[]> {
  const commands = await listCommands(workbenchId, page);
  if (can(user, 'value:read')) return commands;
  return commands.map((command) => ({
    ...command,
    text: command.environment.reduce(
      (text, { value }) => (value ? text.replaceAll(value, hiddenValue) : text),
      command.text,
    ),
    environment: readableValues(user, command.environment),
  }));
}

export type NewCommand = Omit<RecordedCommand, 'number' | 'changes' | 'changeCount'> & {
  promptSeq: number;
  promptFrom: number;
};

const toRow = ({ terminal, startedAt, endedAt, environment, ...rest }: NewCommand) => ({
  ...rest,
  operationId: terminal,
  startedAt: new Date(startedAt),
  endedAt: endedAt === null ? null : new Date(endedAt),
  environment: JSON.stringify(environment),
});

/** Inserts or updates the command with this number. */
export async function saveCommand(
  workbenchId: WorkbenchId,
  number: number,
  command: NewCommand,
): Promise<void> {
  const row = toRow(command);
  await untilStored(() =>
    db().workbenchCommand.upsert({
      where: { workbenchId_number: { workbenchId, number } },
      create: { workbenchId, number, ...row },
      update: row,
    }),
  );
}

/** Adds changes that were found after a command. */
export async function addChanges(
  workbenchId: WorkbenchId,
  number: number,
  changes: readonly PathChange[],
): Promise<void> {
  const where = { workbenchId_number: { workbenchId, number } };
  const row = await db().workbenchCommand.findUnique({ where, select: { changes: true } });
  if (!row) return; // withdrawn
  const all = new Map(unpackChanges(row.changes, maxListed).map((change) => [change.path, change]));
  for (const change of changes) all.set(change.path, change);
  const packed = packChanges([...all.values()]);
  const data = { changes: packed, changeCount: all.size };
  await untilStored(() => db().workbenchCommand.update({ where, data }));
}

export async function deleteCommand(workbenchId: WorkbenchId, number: number): Promise<void> {
  await untilStored(() => db().workbenchCommand.deleteMany({ where: { workbenchId, number } }));
}

export async function lastCommandNumber(workbenchId: WorkbenchId): Promise<number> {
  const { _max } = await db().workbenchCommand.aggregate({ where: { workbenchId }, _max: { number: true } });
  return _max.number ?? 0;
}

/** The latest prompts of a terminal, newest first: positions from which its recording can be drawn. */
export async function listPrompts(
  terminal: string,
  { depth }: { depth?: number } = {},
): Promise<{ seq: number; from: number }[]> {
  const rows = await db().workbenchCommand.findMany({
    where: { operationId: terminal, depth },
    orderBy: { promptFrom: 'desc' },
    select: { promptSeq: true, promptFrom: true },
    take: 500,
  });
  return rows.map(({ promptSeq, promptFrom }) => ({ seq: promptSeq, from: promptFrom }));
}

/** Ends the commands that were running when their terminal was lost. */
export async function closeOpenCommands(terminal: string, endedAt: Date): Promise<void> {
  await db().workbenchCommand.updateMany({
    where: { operationId: terminal, endedAt: null },
    data: { endedAt },
  });
}
