import Database from 'better-sqlite3';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forget, remember } from '@/lib/remember';
import { backUpDatabase, backUpIfDue, checkBackup, listBackups } from './backup';
import { backupDirectory, databaseFile } from './files';
import { markRunning, prepareDatabase } from './prepare';

let directory: string;
const run = promisify(execFile);

/** The real command, as a separate process. */
const restore = (...args: string[]) =>
  run(process.execPath, ['bin/restore.js', ...args], {
    env: { ...process.env, LAYERWRIGHT_DATA: directory },
  });

function stop() {
  remember<Database.Database>('data-lock', () => new Database(':memory:')).close();
  forget('data-lock');
}

function onDatabase<T>(work: (db: Database.Database) => T): T {
  const db = new Database(databaseFile());
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const store = (key: string) =>
  onDatabase((db) => db.prepare('INSERT INTO "Setting" VALUES (?, ?)').run(key, 'x'));
const stored = () => onDatabase((db) => db.prepare('SELECT key FROM "Setting" ORDER BY key').pluck().all());

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-backup-'));
  process.env.LAYERWRIGHT_DATA = directory;
  forget('env');
  forget('backup-checks');
  prepareDatabase();
});

afterEach(() => {
  stop();
  rmSync(directory, { recursive: true, force: true });
});

test('a backup is restored by the command: stop, restore, start, and the history is there', async () => {
  store('before');
  const backup = await backUpDatabase('by-hand');
  store('after');
  markRunning();
  await expect(restore(path.basename(backup))).rejects.toMatchObject({
    stderr: expect.stringContaining('Layerwright is running on') as string,
  });
  stop();
  writeFileSync(databaseFile(), ''); // damage
  writeFileSync(`${databaseFile()}-wal`, 'a log of another database');
  expect(() => prepareDatabase()).toThrow(/is empty/);
  stop();
  const { stdout } = await restore(path.basename(backup));
  expect(stdout).toContain('npm start');
  expect(prepareDatabase()).toEqual({ created: false, applied: [], notice: null });
  expect(stored()).toEqual(['before']);
  const log = 'SELECT command, outcome, target, address FROM "AuditEntry"';
  expect(onDatabase((db) => db.prepare(log).all())).toEqual([
    { command: 'backup.restore', outcome: 'done', target: path.basename(backup), address: 'this machine' },
  ]);
  const verified = await run(process.execPath, ['bin/audit.js', 'verify', databaseFile()]);
  expect(verified.stdout).toContain('Rows 1 to 1 verified');
  expect(readdirSync(directory).filter((name) => name.includes('.replaced-'))).toHaveLength(2);
});

test('a damaged backup is not restored, and nothing is changed', async () => {
  store('kept');
  stop();
  const backup = path.join(directory, 'other.db');
  writeFileSync(backup, readFileSync(databaseFile()).subarray(0, 9000));
  await expect(restore(backup)).rejects.toMatchObject({
    stderr: expect.stringContaining('is damaged') as string,
  });
  prepareDatabase();
  expect(stored()).toEqual(['kept']);
});

test('without a name the command lists the backups', async () => {
  expect((await restore()).stdout).toContain('There is no backup');
  const backup = await backUpDatabase('by-hand');
  expect((await restore()).stdout).toContain(path.basename(backup));
});

test('an interrupted backup does not count, and the next one removes its files', async () => {
  onDatabase((db) => {
    const insert = db.prepare('INSERT INTO "Setting" VALUES (?, zeroblob(100000))');
    for (let n = 0; n < 500; n++) insert.run(`key ${n}`);
  });
  const target = path.join(backupDirectory(), 'killed.db');
  await backUpDatabase('by-hand');
  const child = spawn(process.execPath, ['bin/backup.js', 'make', databaseFile(), target]);
  while (!existsSync(`${target}.part`)) await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(target)).toBe(false);
  expect(listBackups()).toHaveLength(1);
  await backUpDatabase('by-hand', new Date(Date.now() + 1));
  expect(readdirSync(backupDirectory()).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a check reports the problem, and the list shows it', async () => {
  const name = path.basename(await backUpDatabase('by-hand'));
  expect(listBackups()).toMatchObject([{ name, reason: 'by-hand', check: { problem: null } }]);
  writeFileSync(path.join(backupDirectory(), name), 'rotten');
  expect(await checkBackup(name)).toMatch(/is damaged/);
  expect(listBackups()[0]!.check).toMatchObject({ problem: expect.stringMatching(/is damaged/) as string });
  await expect(checkBackup('../layerwright.db')).rejects.toMatchObject({ code: 'not_found' });
});

test('the newest seven per reason are kept', async () => {
  await backUpDatabase('by-hand', new Date(Date.UTC(2025, 0, 1)));
  for (let day = 1; day <= 8; day++) await backUpDatabase('nightly', new Date(Date.UTC(2026, 0, day)));
  const names = listBackups().map(({ name }) => name.slice(0, 10));
  expect(names).toHaveLength(8);
  expect(names.slice(0, 2)).toEqual(['2025-01-01', '2026-01-02']);
});

test('a nightly backup is made after a day without one', async () => {
  const at = (hours: number) => new Date(Date.UTC(2026, 0, 1, hours));
  for (const hours of [0, 1, 23, 25]) await backUpIfDue(at(hours));
  expect(listBackups().map(({ madeAt }) => madeAt)).toEqual([at(0).getTime(), at(25).getTime()]);
});

test('backups of a time when the clock was ahead are the first to go, and keep no new one from being made', async () => {
  const now = new Date();
  const dayMs = 24 * 3_600_000;
  for (let day = 0; day < 8; day++)
    await backUpDatabase('nightly', new Date(now.getTime() + (365 + day) * dayMs));
  const later = new Date(now.getTime() + 30 * dayMs);
  await backUpIfDue(later);
  await backUpIfDue(later);
  const days = listBackups().map(({ name }) => name.slice(0, 10));
  expect(days).toHaveLength(7);
  expect(days[0]).toBe(later.toISOString().slice(0, 10));
});
