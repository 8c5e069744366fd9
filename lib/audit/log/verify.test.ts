import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { beforeAll, expect, test } from 'vitest';
import { hashOf } from '@/lib/audit/hash';
import { appendAudit } from '@/lib/audit/append';
import type { NewAuditEntry } from '@/lib/audit/schema';
import { databaseFile } from '@/lib/db/files';
import { useTestDatabase } from '@/lib/db/test-database';
import { verifyAudit } from './verify';

const { db, directory } = await useTestDatabase();
const entry = (target: string): NewAuditEntry => ({
  userId: 'u1',
  userName: 'ada',
  address: '192.0.2.1',
  command: 'image.remove',
  permission: 'image:remove',
  target,
  outcome: 'asked',
  errorCode: null,
  askedSeq: null,
  at: Date.now(),
});

beforeAll(async () => {
  await Promise.all(Array.from({ length: 12 }, (_, index) => appendAudit(entry(`id=${index}`))));
});

const run = promisify(execFile);
/** Exit code and output of the verifier of the command line. */
async function verifyFile(file: string, ...known: string[]) {
  try {
    const script = path.join(import.meta.dirname, '../../../bin/audit.js');
    return { code: 0, output: (await run(process.execPath, [script, 'verify', file, ...known])).stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, output: stderr };
  }
}

const lastHash = async () =>
  (await db.auditEntry.findFirstOrThrow({ orderBy: { seq: 'desc' }, select: { hash: true } })).hash;

test('entries that are appended at once form one chain', async () => {
  expect(await verifyAudit()).toEqual({ rows: 12, hash: await lastHash(), bad: null });
  expect(await verifyFile(databaseFile())).toEqual({
    code: 0,
    output: `Rows 1 to 12 verified. Hash of the last: ${await lastHash()}\n`,
  });
  const targets = (await db.auditEntry.findMany()).map(({ target }) => target);
  expect(new Set(targets).size).toBe(12);
});

test.each([
  ['a change', `UPDATE AuditEntry SET outcome = 'done' WHERE seq = 5`],
  ['a deletion', 'DELETE FROM AuditEntry WHERE seq = 12'],
  ['a replacement', 'INSERT OR REPLACE INTO AuditEntry SELECT * FROM AuditEntry WHERE seq = 12'],
  [
    'an insertion that does not continue the chain',
    `INSERT INTO AuditEntry SELECT 13, at, userId, userName, address, command, permission, target, outcome, errorCode, NULL, 'x', hash FROM AuditEntry WHERE seq = 12`,
  ],
])('the database refuses %s', async (_name, sql) => {
  await expect(db.$executeRawUnsafe(sql)).rejects.toThrow(/append-only|continue the chain/);
  expect((await verifyAudit()).bad).toBeNull();
});

/** A copy of the database in which someone did this, with the triggers dropped. */
async function tamper(change: (copy: Database.Database) => void) {
  const file = path.join(directory, 'tampered.db');
  await db.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)');
  copyFileSync(databaseFile(), file);
  const copy = new Database(file);
  copy.pragma('foreign_keys = OFF');
  for (const name of ['no_update', 'no_delete', 'chain']) copy.exec(`DROP TRIGGER AuditEntry_${name}`);
  change(copy);
  copy.close();
  return file;
}

const columns = [
  ['at', '2020-01-01T00:00:00.000Z'],
  ['userId', 'u2'],
  ['userName', 'eve'],
  ['address', '192.0.2.2'],
  ['command', 'image.tag'],
  ['permission', 'image:tag'],
  ['target', 'id=other'],
  ['outcome', 'denied'],
  ['errorCode', 'forbidden'],
  ['askedSeq', '1'],
  ['previousHash', 'x'],
  ['hash', 'x'],
] as const;

test.each(columns)('a changed %s is found', async (column, value) => {
  const file = await tamper((copy) =>
    copy.prepare(`UPDATE AuditEntry SET ${column} = ? WHERE seq = 5`).run(value),
  );
  expect(await verifyFile(file)).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^Row 5 was/) as string,
  });
});

test('every column is hashed', async () => {
  const [row] = await db.auditEntry.findMany({ take: 1 });
  expect(Object.keys(row!).toSorted()).toEqual(['seq', ...columns.map(([column]) => column)].toSorted());
});

type Row = Record<string, unknown> & { seq: number; hash: string; previousHash: string };
const rowOf = (copy: Database.Database, seq: number) =>
  copy.prepare('SELECT * FROM AuditEntry WHERE seq = ?').get(seq) as Row;

test.each<[string, (copy: Database.Database) => void, string]>([
  ['a removed row', (copy) => copy.exec('DELETE FROM AuditEntry WHERE seq = 5'), 'Row 5 is missing.'],
  ['a removed first row', (copy) => copy.exec('DELETE FROM AuditEntry WHERE seq = 1'), 'Row 1 is missing.'],
  ['a removed end', (copy) => copy.exec('DELETE FROM AuditEntry WHERE seq > 10'), 'Row 11 is missing.'],
  [
    'two rows in another order',
    (copy) =>
      copy.exec(`UPDATE AuditEntry SET seq = 99 WHERE seq = 5; UPDATE AuditEntry SET seq = 5 WHERE seq = 6;
        UPDATE AuditEntry SET seq = 6 WHERE seq = 99`),
    'Row 5 was changed',
  ],
  [
    'an inserted row',
    (copy) => {
      for (let seq = 12; seq >= 5; seq--)
        copy.exec(`UPDATE AuditEntry SET seq = ${seq + 1} WHERE seq = ${seq}`);
      const row = { ...rowOf(copy, 4), seq: 5, previousHash: rowOf(copy, 4).hash };
      const names = Object.keys(row);
      copy
        .prepare(
          `INSERT INTO AuditEntry (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`,
        )
        .run({ ...row, hash: hashOf(row as never) });
    },
    'Row 6 was changed',
  ],
  [
    'a row with its own new hash',
    (copy) => {
      const row = { ...rowOf(copy, 5), target: 'id=other' };
      copy
        .prepare('UPDATE AuditEntry SET target = ?, hash = ? WHERE seq = 5')
        .run(row.target, hashOf(row as never));
    },
    'Row 6 does not continue the row before it',
  ],
])('%s is found', async (_name, change, says) => {
  expect(await verifyFile(await tamper(change))).toMatchObject({
    code: 1,
    output: expect.stringContaining(says) as string,
  });
});

test('a whole new chain and a shortened one are found by a row of an earlier verification', async () => {
  const hash = await lastHash();
  expect(await verifyFile(databaseFile(), '12', hash)).toMatchObject({ code: 0 });
  const rewritten = await tamper((copy) => {
    let previousHash = '';
    for (let seq = 1; seq <= 12; seq++) {
      const row = { ...rowOf(copy, seq), userName: 'eve', previousHash };
      previousHash = hashOf(row as never);
      copy
        .prepare(`UPDATE AuditEntry SET userName = 'eve', previousHash = ?, hash = ? WHERE seq = ?`)
        .run(row.previousHash, previousHash, seq);
    }
  });
  expect(await verifyFile(rewritten)).toMatchObject({ code: 0 });
  expect(await verifyFile(rewritten, '12', hash)).toMatchObject({
    code: 1,
    output: expect.stringContaining('Row 12 has another hash') as string,
  });
  const shortened = await tamper((copy) =>
    copy.exec(
      `DELETE FROM AuditEntry WHERE seq > 10; UPDATE sqlite_sequence SET seq = 10 WHERE name = 'AuditEntry'`,
    ),
  );
  expect(await verifyFile(shortened, '12', hash)).toMatchObject({ code: 1, output: 'Row 11 is missing.\n' });
});

test('a file that cannot be read is not verified', async () => {
  expect(await verifyFile(path.join(directory, 'none.db'))).toMatchObject({ code: 1 });
  expect(await verifyFile(databaseFile(), '12')).toMatchObject({ code: 64 });
});
