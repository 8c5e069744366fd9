import Database from 'better-sqlite3';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forget, remember } from '@/lib/remember';
import { backUpDatabase, listBackups } from './backup';
import { databaseFile } from './files';
import { migrate } from './migrate';
import { prepareDatabase } from './prepare';

let directory: string;

function release() {
  remember<Database.Database>('data-lock', () => new Database(':memory:')).close();
  forget('data-lock');
}

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-prepare-'));
  process.env.LAYERWRIGHT_DATA = directory;
  forget('env');
});

afterEach(() => {
  release();
  rmSync(directory, { recursive: true, force: true });
});

test('a new data directory gets a database, and the next start finds nothing to do', () => {
  expect(prepareDatabase()).toMatchObject({ created: true, applied: expect.arrayContaining(['0001_init']) });
  release();
  expect(prepareDatabase()).toEqual({ created: false, applied: [] });
});

test('a vanished database is refused, not begun afresh', () => {
  prepareDatabase();
  release();
  rmSync(databaseFile());
  expect(() => prepareDatabase()).toThrow(/is missing\. Nothing was changed\. There is no backup/);
});

test('a damaged database is refused, kept as it is, and the newest backup is named', () => {
  prepareDatabase();
  const backup = backUpDatabase('nightly');
  release();
  const bytes = readFileSync(databaseFile());
  bytes.fill(0x5a, 0, 4096);
  writeFileSync(databaseFile(), bytes);
  expect(() => prepareDatabase()).toThrow(new RegExp(`is damaged .*${path.basename(backup)}`));
  expect(readFileSync(databaseFile()).equals(bytes)).toBe(true);
});

test('a second server on the same data directory is refused', () => {
  prepareDatabase();
  const other = new Database(path.join(directory, 'lock.db'), { timeout: 50 });
  expect(() => other.exec('BEGIN EXCLUSIVE')).toThrow(/locked/);
  other.close();
});

test('a database of a newer program is refused', () => {
  prepareDatabase();
  const db = new Database(databaseFile());
  db.exec(
    `INSERT INTO _prisma_migrations(id, checksum, migration_name, started_at, finished_at) VALUES ('x', 'x', '9999_future', '2030', '2030')`,
  );
  db.close();
  release();
  expect(() => prepareDatabase()).toThrow(/newer than this program \(it has the migration 9999_future\)/);
});

test('a table that is redefined by a migration keeps the rows that point at it', () => {
  const migrations = path.join(directory, 'migrations');
  const write = (name: string, sql: string) => {
    mkdirSync(path.join(migrations, name), { recursive: true });
    writeFileSync(path.join(migrations, name, 'migration.sql'), sql);
  };
  write(
    '1_a',
    `CREATE TABLE p (id INTEGER PRIMARY KEY);
     CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p(id) ON DELETE CASCADE);`,
  );
  const db = new Database(path.join(directory, 'x.db'));
  db.pragma('foreign_keys = ON');
  migrate(db, migrations);
  db.exec('INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1);');
  write(
    '2_b',
    `CREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO n (id) SELECT id FROM p;
     DROP TABLE p; ALTER TABLE n RENAME TO p;`,
  );
  expect(migrate(db, migrations)).toEqual(['2_b']);
  expect(db.prepare('SELECT count(*) AS n FROM c').get()).toEqual({ n: 1 });
  db.close();
});

test('only the newest seven backups are kept', () => {
  prepareDatabase();
  for (let day = 1; day <= 9; day++) backUpDatabase('nightly', new Date(Date.UTC(2026, 0, day)));
  expect(listBackups()).toHaveLength(7);
  expect(listBackups()[0]).toContain('2026-01-03');
});
