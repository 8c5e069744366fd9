// @ts-check
/**
 * Replaces the database by a backup: `node bin/restore.js <backup>`; without a name it lists the backups. The server
 * must be stopped. The replaced files are kept.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { lockDataDirectory } from '../lib/db/data-lock.js';
import { checkBackup, syncToDisk } from './backup.js';
import { parseOptions } from './options.js';
import { writePrivately } from './umask.js';

const root = path.dirname(import.meta.dirname);

/** @param {string} directory */
function listBackups(directory) {
  const names = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.db')) : [];
  return names.toSorted().toReversed();
}

/** @param {string} data @param {string} name of a backup in the data directory, or a path */
function restore(data, name) {
  const backup = [path.join(data, 'backups', name), path.resolve(name)].find((file) => existsSync(file));
  if (!backup) throw new Error(`There is no backup ${name}.`);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const lock = lockDataDirectory(data);
  if (!lock) throw new Error(`Layerwright is running on ${data}. Stop it first.`);
  try {
    const file = path.join(data, 'layerwright.db');
    const fresh = `${file}.restoring`;
    copyFileSync(backup, fresh);
    syncToDisk(fresh);
    checkBackup(fresh);
    for (const ending of ['-wal', '-shm']) rmSync(`${fresh}${ending}`, { force: true });
    const kept = `${file}.replaced-${new Date().toISOString().replace(/[:.]/g, '-')}`;
    // The log first: it must never be beside another database.
    const replaced = ['-wal', '-shm', ''].filter((ending) => existsSync(`${file}${ending}`));
    for (const ending of replaced) renameSync(`${file}${ending}`, `${kept}${ending}`);
    renameSync(fresh, file);
    rmSync(path.join(data, 'running.json'), { force: true });
    syncToDisk(data);
    return { backup, kept: replaced.includes('') ? kept : null };
  } finally {
    lock.close();
  }
}

/** @param {string | undefined} name */
function main(name) {
  writePrivately();
  const { data } = parseOptions(process.env, root);
  if (!name) {
    const directory = path.join(data, 'backups');
    const backups = listBackups(directory);
    if (!backups.length) return console.log(`There is no backup in ${directory}.`);
    for (const backup of backups)
      console.log(`${backup}  ${(statSync(path.join(directory, backup)).size / 1e6).toFixed(1)} MB`);
    return console.log('\nStop Layerwright, then: npm run restore -- <name>');
  }
  try {
    const { backup, kept } = restore(data, name);
    console.log(`Restored ${backup}.`);
    if (kept) console.log(`The database until now is kept as ${kept}.`);
    console.log('Start Layerwright again: npm start');
  } catch (error) {
    console.error(`Nothing was restored: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) main(process.argv[2]);
