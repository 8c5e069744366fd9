import 'server-only';
import Database from 'better-sqlite3';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { env } from '@/lib/env';
import { messageOf } from '@/lib/errors';
import { remember } from '@/lib/remember';
import { backUpDatabase, listBackups } from './backup';
import { backupDirectory, databaseFile, markerFile } from './files';
import { migrate, pendingMigrations } from './migrate';

/** SQLite 3.7.0 to 3.51.2 can damage a WAL database with two connections: https://sqlite.org/wal.html#walresetbug */
const sqliteFloor = [3, 51, 3] as const;

function assertVersion(db: Database.Database) {
  const version = (db.prepare('SELECT sqlite_version() AS version').get() as { version: string }).version;
  const parts = version.split('.').map(Number);
  const differing = sqliteFloor.findIndex((floor, index) => parts[index] !== floor);
  if (differing >= 0 && (parts[differing] ?? 0) < sqliteFloor[differing]!)
    throw new Error(`SQLite ${version} is older than ${sqliteFloor.join('.')}, which fixes a loss of data.`);
}

/** Held while the process lives; the operating system releases it when the process ends. */
function lockDataDirectory(directory: string) {
  return remember('data-lock', () => {
    const lock = new Database(path.join(directory, 'lock.db'), { timeout: 200 });
    try {
      lock.pragma('locking_mode = EXCLUSIVE');
      lock.exec('BEGIN EXCLUSIVE');
      return lock;
    } catch (error) {
      lock.close();
      throw new Error(
        `Another Layerwright is using ${directory}. Stop it, or set LAYERWRIGHT_DATA to another folder.`,
        {
          cause: error,
        },
      );
    }
  });
}

function damaged(what: string): Error {
  const newest = listBackups().at(-1);
  const cure = newest
    ? `The newest backup is ${path.join(backupDirectory(), newest)}: stop the server, move the damaged file aside and copy the backup to ${databaseFile()}.`
    : 'There is no backup.';
  return new Error(`${what} Nothing was changed. ${cure}`);
}

function openChecked(file: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: 5000 });
    const [answer] = db.pragma('quick_check(1)', { simple: false }) as { quick_check: string }[];
    if (answer?.quick_check !== 'ok') throw new Error(answer?.quick_check);
    return db;
  } catch (error) {
    db?.close();
    throw damaged(`The database ${file} is damaged (${messageOf(error)}).`);
  }
}

/**
 * Creates, checks, backs up and migrates the database; throws an explanatory error if it must not be used. A damaged
 * or missing database is never replaced by a new one: that would also reopen the set-up page.
 */
export function prepareDatabase(): { created: boolean; applied: string[] } {
  const { dataDirectory } = env();
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  lockDataDirectory(dataDirectory);
  const file = databaseFile();
  const created = !existsSync(file);
  if (created && existsSync(markerFile())) throw damaged(`The database ${file} is missing.`);
  const db = openChecked(file);
  try {
    assertVersion(db);
    db.pragma('journal_mode = WAL');
    if (!created && pendingMigrations(db).length) backUpDatabase('before-upgrade');
    const applied = migrate(db);
    if (created) writeFileSync(markerFile(), JSON.stringify({ created: new Date().toISOString() }));
    return { created, applied };
  } finally {
    db.close();
  }
}
