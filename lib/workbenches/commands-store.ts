import 'server-only';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { db } from '@/lib/db/client';
import { changeKinds, type PathChange, type RecordedCommand } from './schema';

/** Changes of one command that a list shows; an installation has tens of thousands. */
export const listedChanges = 200;

const letterOf = { added: 'A', changed: 'C', removed: 'D' } as const;
const kindOf = Object.fromEntries(changeKinds.map((kind) => [letterOf[kind], kind]));

/** JSON lines of a letter and a path, raw deflate. */
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

/** In order. `changes` as far as `limit` of each. */
export async function listCommands(
  workbenchId: string,
  { after = 0, changesOfEach = Infinity }: { after?: number; changesOfEach?: number } = {},
): Promise<RecordedCommand[]> {
  const rows = await db().workbenchCommand.findMany({
    where: { workbenchId, number: { gt: after } },
    orderBy: { number: 'asc' },
  });
  return rows.map(({ operationId, workbenchId: _id, promptSeq: _seq, promptFrom: _from, ...row }) => ({
    ...row,
    terminal: operationId,
    startedAt: row.startedAt.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
    changes: unpackChanges(row.changes, Math.min(changesOfEach, 2 ** 32 - 1)),
    environment: environment.parse(JSON.parse(row.environment)),
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

/** Writes a command as it is known now; the same number again writes over it. */
export async function saveCommand(workbenchId: string, number: number, command: NewCommand): Promise<void> {
  const row = toRow(command);
  await db().workbenchCommand.upsert({
    where: { workbenchId_number: { workbenchId, number } },
    create: { workbenchId, number, ...row },
    update: row,
  });
}

/** What the engine's change list said after it. */
export async function saveChanges(
  workbenchId: string,
  number: number,
  changes: readonly PathChange[],
): Promise<void> {
  await db().workbenchCommand.updateMany({
    where: { workbenchId, number },
    data: { changes: packChanges(changes), changeCount: changes.length },
  });
}

export const countCommands = (workbenchId: string): Promise<number> =>
  db().workbenchCommand.count({ where: { workbenchId } });
