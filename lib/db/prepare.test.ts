import Database from 'better-sqlite3';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forget, remember } from '@/lib/remember';
import { backUpDatabase } from './backup';
import { backupDirectory, databaseFile, markerFile, walFile, walIndexFile } from './files';
import { lockInChild } from './lock-in-child';
import { migrate } from './migrate';
import { markRunning, markStopped, prepareDatabase } from './prepare';

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
  expect(prepareDatabase()).toEqual({ created: false, applied: [], notice: null });
});

test('a missing database is refused, not created again', () => {
  prepareDatabase();
  release();
  rmSync(databaseFile());
  expect(() => prepareDatabase()).toThrow(/is missing\. Nothing was changed\. There is no sound backup/);
});

test('a damaged database is refused and kept, and the newest intact backup is named', async () => {
  prepareDatabase();
  const backup = await backUpDatabase('nightly');
  writeFileSync(path.join(backupDirectory(), '2999-01-01T00-00-00-000Z-nightly.db'), 'half');
  release();
  const bytes = readFileSync(databaseFile());
  bytes.fill(0x5a, 0, 4096);
  writeFileSync(databaseFile(), bytes);
  expect(() => prepareDatabase()).toThrow(new RegExp(`is damaged .*${path.basename(backup)}`));
  expect(readFileSync(databaseFile()).equals(bytes)).toBe(true);
});

test.each([0.25, 0.5, 0.75])('a page of garbage at %d of a database is damage', (at) => {
  prepareDatabase();
  release();
  const bytes = readFileSync(databaseFile());
  const start = Math.floor((bytes.length / 4096) * at) * 4096;
  bytes.fill(0x5a, start, start + 4096);
  writeFileSync(databaseFile(), bytes);
  expect(() => prepareDatabase()).toThrow(/is damaged .* Nothing was changed/s);
  expect(readFileSync(databaseFile()).equals(bytes)).toBe(true);
});

test('killed at any statement of an upgrade, a database is as before, and the next start upgrades it', () => {
  const migrations = path.join(directory, 'migrations');
  const write = (name: string, sql: string) => {
    mkdirSync(path.join(migrations, name), { recursive: true });
    writeFileSync(path.join(migrations, name, 'migration.sql'), sql);
  };
  write('1_a', 'CREATE TABLE p (id INTEGER PRIMARY KEY);');
  const file = path.join(directory, 'x.db');
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  migrate(db, migrations);
  db.exec('INSERT INTO p VALUES (1), (2);');
  // A kill leaves the files as they are at that moment.
  const killed: string[] = [];
  db.function('kill', () => {
    const copy = path.join(directory, `killed-${killed.length}.db`);
    for (const ending of ['', '-wal']) copyFileSync(file + ending, copy + ending);
    killed.push(copy);
    return null;
  });
  const steps = ['CREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT);', 'INSERT INTO n (id) SELECT id FROM p;'];
  const redefine = [...steps, 'DROP TABLE p;', 'ALTER TABLE n RENAME TO p;'];
  write('2_b', redefine.map((statement) => `${statement} SELECT kill();`).join('\n'));
  write('3_c', 'ALTER TABLE p ADD COLUMN y TEXT; SELECT kill();');
  expect(migrate(db, migrations)).toEqual(['2_b', '3_c']);
  db.close();
  expect(killed).toHaveLength(5);
  for (const copy of killed) {
    const after = new Database(copy);
    after.function('kill', () => null);
    expect(after.pragma('table_info(p)')).toHaveLength(1);
    expect(after.prepare('SELECT count(*) FROM p').pluck().get()).toBe(2);
    expect(migrate(after, migrations)).toEqual(['2_b', '3_c']);
    expect(after.prepare('SELECT count(*) FROM p').pluck().get()).toBe(2);
    after.close();
  }
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

test('a table redefined by a migration keeps its referencing rows', () => {
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

test.each(['empty', 'missing'])('where there was a database, one that is %s is damage', async (how) => {
  prepareDatabase();
  const backup = await backUpDatabase('nightly');
  release();
  rmSync(markerFile());
  if (how === 'empty') truncateSync(databaseFile());
  else rmSync(databaseFile());
  expect(() => prepareDatabase()).toThrow(
    new RegExp(`is ${how}\\. Nothing was changed\\..*npm run restore -- ${path.basename(backup)}`),
  );
});

test('a database that has lost its tables is damage', async () => {
  prepareDatabase();
  release();
  rmSync(databaseFile());
  const db = new Database(databaseFile());
  db.exec('CREATE TABLE other (id)');
  db.close();
  expect(() => prepareDatabase()).toThrow(/has lost its tables/);
});

test('a locked database is not called damaged', async () => {
  prepareDatabase();
  release();
  const { released } = await lockInChild(databaseFile(), 7000);
  expect(() => prepareDatabase()).toThrow(/busy: another program has locked it/);
  await released;
}, 20_000);

/** Of the log: a page and its header. */
const frameBytes = 24 + 4096;

describe('after an unclean stop', () => {
  /** The state after a killed server: changes only in the write-ahead log. */
  function leaveLog() {
    prepareDatabase();
    markRunning();
    const db = new Database(databaseFile());
    for (let n = 0; n < 5; n++) db.prepare('INSERT INTO "Setting" VALUES (?, ?)').run(`key ${n}`, 'value');
    const names = [databaseFile(), walFile(), walIndexFile()];
    const contents = names.map((name) => readFileSync(name));
    db.close();
    release();
    names.forEach((name, index) => writeFileSync(name, contents[index]!));
    return contents[1]!;
  }

  test('an intact log is not reported, and nothing is lost', () => {
    leaveLog();
    expect(prepareDatabase().notice).toBeNull();
    const db = new Database(databaseFile());
    expect(db.prepare('SELECT count(*) AS n FROM "Setting"').get()).toEqual({ n: 5 });
    db.close();
  });

  test('a log with a flipped byte is noticed and kept', () => {
    const log = leaveLog();
    log[32 + 24 + 100]! ^= 1;
    writeFileSync(walFile(), log);
    expect(prepareDatabase().notice).toMatch(/log of the database is damaged: changes .* are lost/);
    const kept = readdirSync(directory).find((name) => name.includes('-wal.damaged-'));
    expect(readFileSync(path.join(directory, kept!)).equals(log)).toBe(true);
  });

  test.each([
    ['a frame', (size: number) => size - frameBytes],
    ['a part of a frame', (size: number) => size - 1],
    ['all but its header', () => 32],
    ['everything', () => 0],
  ])('a log of which %s was cut off at the end is noticed', (_, left) => {
    const log = leaveLog();
    truncateSync(walFile(), left(log.length));
    expect(prepareDatabase().notice).toMatch(/log of the database is damaged: changes .* are lost/);
  });

  test.each(['the change was not committed', 'everything is in the database already'])(
    'a shorter log is not reported where %s',
    (why) => {
      const log = leaveLog();
      if (why.startsWith('the change')) writeFileSync(walFile(), Buffer.alloc(500, 1), { flag: 'a' });
      else {
        const index = readFileSync(walIndexFile());
        index.writeUInt32LE((log.length - 32) / frameBytes, 96);
        writeFileSync(walIndexFile(), index);
        truncateSync(walFile());
      }
      expect(prepareDatabase().notice).toBeNull();
    },
  );

  test('a log that was removed is noticed', () => {
    leaveLog();
    rmSync(walFile());
    expect(prepareDatabase().notice).toMatch(/was removed after the last stop/);
  });
});

test('a clean stop is not reported', () => {
  prepareDatabase();
  markRunning();
  markStopped();
  release();
  expect(prepareDatabase().notice).toBeNull();
});
