import 'server-only';
import Database from 'better-sqlite3';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { env } from '@/lib/env';
import { messageOf, storageErrorOf } from '@/lib/errors';
import { remember } from '@/lib/remember';
import { lockDataDirectory } from './data-lock.js';
import { backUpBeforeUpgrade, newestSoundBackup } from './backup';
import { backupDirectory, databaseFile, markerFile, runningFile, walFile, walIndexFile } from './files';
import { hasMigrations, migrate, pendingMigrations } from './migrate';
import { isWalDamaged } from './wal';

/** SQLite 3.7.0 to 3.51.2 can damage a WAL database with two connections: https://sqlite.org/wal.html#walresetbug */
const sqliteFloor = [3, 51, 3] as const;

function assertVersion(db: Database.Database) {
  const version = (db.prepare('SELECT sqlite_version() AS version').get() as { version: string }).version;
  const parts = version.split('.').map(Number);
  const differing = sqliteFloor.findIndex((floor, index) => parts[index] !== floor);
  if (differing >= 0 && (parts[differing] ?? 0) < sqliteFloor[differing]!)
    throw new Error(`SQLite ${version} is older than ${sqliteFloor.join('.')}, which fixes a loss of data.`);
}

function holdDataDirectory(directory: string) {
  return remember('data-lock', () => {
    const lock = lockDataDirectory(directory);
    if (lock) return lock;
    throw new Error(
      `Another Layerwright is using ${directory}. Stop it, or set LAYERWRIGHT_DATA to another folder.`,
    );
  });
}

function damaged(what: string): Error {
  const backup = newestSoundBackup();
  const cure = backup
    ? `The newest sound backup is ${backup}. Restore it: npm run restore -- ${backup}`
    : 'There is no sound backup.';
  return new Error(`${what} Nothing was changed. ${cure}`);
}

/** The thorough check also reads all indexes; for a database that was not closed. */
function openChecked(file: string, check: 'quick_check' | 'integrity_check'): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: 5000 });
    const answer: unknown = db.pragma(`${check}(1)`, { simple: true });
    if (answer !== 'ok') throw new Error(String(answer));
    return db;
  } catch (error) {
    db?.close();
    const storage = storageErrorOf(error);
    if (storage && storage.code !== 'storage_failed') throw storage; // full or locked: not damaged
    throw damaged(`The database ${file} is damaged (${messageOf(error)}).`);
  }
}

/** Whether there was a database: a missing or empty one is then a loss and not a new installation. */
const wasInstalled = () =>
  existsSync(markerFile()) ||
  existsSync(path.join(env().dataDirectory, 'keys')) ||
  (existsSync(backupDirectory()) && readdirSync(backupDirectory()).length > 0);

/** Damage of the write-ahead log by the last stop, as text; null if nothing is missing. Keeps a damaged log. */
function examineWal(): string | null {
  const file = walFile();
  if (!existsSync(file))
    return 'The write-ahead log of the database was removed after the last stop, which was not in order. The newest changes before that stop may be missing.';
  if (!isWalDamaged(file, walIndexFile())) return null;
  const kept = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  copyFileSync(file, kept);
  return `The write-ahead log of the database is damaged: changes shortly before the last stop are lost. It is kept as ${kept}.`;
}

const found = () => remember('database-notice', (): { notice: string | null } => ({ notice: null }));

/** Problems of the database that did not prevent the start. */
export const startNotice = (): string | null => found().notice;

/** From here on the next start detects an unclean stop. Called after the database was checked. */
export const markRunning = (): void => writeFileSync(runningFile(), '');
export const markStopped = (): void => rmSync(runningFile(), { force: true });

/**
 * Creates, checks, backs up and migrates the database; throws an explanatory error if it must not be used. A damaged
 * or missing database is never replaced by a new one: that would also reopen the set-up page.
 */
export function prepareDatabase(): { created: boolean; applied: string[]; notice: string | null } {
  const { dataDirectory } = env();
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  holdDataDirectory(dataDirectory);
  const file = databaseFile();
  const sizeBytes = statSync(file, { throwIfNoEntry: false })?.size;
  const created = !sizeBytes;
  if (created && wasInstalled())
    throw damaged(`The database ${file} is ${sizeBytes === undefined ? 'missing' : 'empty'}.`);
  const unclean = existsSync(runningFile());
  const notice = unclean ? examineWal() : null;
  found().notice = notice;
  const db = openChecked(file, unclean ? 'integrity_check' : 'quick_check');
  try {
    assertVersion(db);
    if (!created && wasInstalled() && !hasMigrations(db))
      throw damaged(`The database ${file} has lost its tables.`);
    db.pragma('journal_mode = WAL');
    if (!created && pendingMigrations(db).length) backUpBeforeUpgrade();
    const applied = migrate(db);
    if (!existsSync(markerFile()))
      writeFileSync(markerFile(), JSON.stringify({ created: new Date().toISOString() }));
    return { created, applied, notice };
  } catch (error) {
    throw storageErrorOf(error) ?? error;
  } finally {
    db.close();
  }
}
