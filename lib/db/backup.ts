import 'server-only';
import Database from 'better-sqlite3';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { backupDirectory, databaseFile } from './files';

const maxBackups = 7;

export const listBackups = (directory = backupDirectory()): string[] => {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.db'))
      .toSorted();
  } catch {
    return []; // there is no backup yet
  }
};

/** Writes a consistent copy and keeps the newest seven. Returns its path. */
export function backUpDatabase(reason: string, now = new Date()): string {
  const directory = backupDirectory();
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = path.join(directory, `${now.toISOString().replace(/[:.]/g, '-')}-${reason}.db`);
  const db = new Database(databaseFile(), { readonly: true, fileMustExist: true });
  try {
    db.prepare('VACUUM INTO ?').run(file);
  } finally {
    db.close();
  }
  for (const name of listBackups(directory).slice(0, -maxBackups)) rmSync(path.join(directory, name));
  return file;
}
