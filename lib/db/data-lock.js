// @ts-check
import Database from 'better-sqlite3';
import path from 'node:path';

/**
 * Locks a data directory for one process; the operating system releases the lock when the process ends. Null if
 * another process has it.
 * @param {string} directory
 */
export function lockDataDirectory(directory) {
  const lock = new Database(path.join(directory, 'lock.db'), { timeout: 200 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
}
