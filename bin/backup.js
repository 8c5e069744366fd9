// @ts-check
/**
 * Creates and checks backups of the database. The server runs it as a separate process, because SQLite is
 * synchronous: `node bin/backup.js make <database> <backup>` and `node bin/backup.js check <backup>`.
 */
import Database from 'better-sqlite3';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writePrivately } from './umask.js';

/** @param {string} file a file or a directory */
export function syncToDisk(file) {
  const handle = openSync(file, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Throws if the file is not a complete database of Layerwright. @param {string} file */
export function checkBackup(file) {
  if (!existsSync(file)) throw new Error(`${file} does not exist.`);
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const [answer] = /** @type {{ integrity_check: string }[]} */ (db.pragma('integrity_check(1)'));
    if (answer?.integrity_check !== 'ok') throw new Error(answer?.integrity_check);
    if (!db.prepare(`SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'`).get())
      throw new Error('it holds no tables of Layerwright');
  } catch (error) {
    throw new Error(`${file} is damaged (${error instanceof Error ? error.message : String(error)}).`, {
      cause: error,
    });
  } finally {
    db.close();
  }
}

/**
 * A file gets its backup name only when it is complete, checked and synced.
 * @param {string} database @param {string} backup
 */
function makeBackup(database, backup) {
  const part = `${backup}.part`;
  rmSync(part, { force: true });
  try {
    const db = new Database(database, { readonly: true, fileMustExist: true });
    try {
      db.prepare('VACUUM INTO ?').run(part);
    } finally {
      db.close();
    }
    syncToDisk(part);
    checkBackup(part);
    renameSync(part, backup);
    syncToDisk(path.dirname(backup));
  } finally {
    rmSync(part, { force: true });
  }
}

/** @param {string[]} args */
function main([command, first, second]) {
  writePrivately();
  try {
    if (command === 'make' && first && second) makeBackup(first, second);
    else if (command === 'check' && first) checkBackup(first);
    else throw new Error('node bin/backup.js make <database> <backup> | check <backup>');
  } catch (error) {
    const { code, message } = /** @type {Error & { code?: string }} */ (error);
    console.error(JSON.stringify({ code, message }));
    process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) main(process.argv.slice(2));
