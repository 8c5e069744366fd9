// @ts-check
/**
 * Replaces the database by a backup: `node bin/restore.js <backup>`; without a name it lists the backups. The server
 * must be stopped. The replaced files are kept. Root lets the user of the web process do it, who owns the database.
 */
import Database from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { hashedColumns, hashOf } from '../lib/audit/hash.js';
import { lockDataDirectory } from '../lib/db/data-lock.js';
import { checkBackup, syncToDisk } from './backup.js';
import { claimDataDirectory, splitDataDirectory } from './data-owners.js';
import { parseOptions } from './options.js';
import { isAlive, readRecord } from './processes.js';
import { messageOf } from './run.js';
import { findServiceUsers } from './service-users.js';
import { writePrivately } from './umask.js';
import { prepareWebProcess } from './web-process.js';

const root = path.dirname(import.meta.dirname);

/** @param {string} directory */
function listBackups(directory) {
  const names = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.db')) : [];
  return names.toSorted().toReversed();
}

const fromInput = '--from-input';

/** An entry in the audit log of the backup, which a version before the log has none of. @param {string} file @param {string} backup */
function noteRestore(file, backup) {
  const db = new Database(file);
  try {
    if (!db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'AuditEntry'`).get()) return;
    const end = /** @type {{ seq: number, hash: string } | undefined} */ (
      db.prepare('SELECT seq, hash FROM "AuditEntry" ORDER BY seq DESC LIMIT 1').get()
    );
    const entry = {
      seq: (end?.seq ?? 0) + 1,
      at: new Date().toISOString(),
      userId: null,
      userName: null,
      address: 'this machine',
      command: 'backup.restore',
      permission: 'public',
      target: path.basename(backup),
      outcome: 'done',
      errorCode: null,
      askedSeq: null,
      previousHash: end?.hash ?? '',
    };
    const columns = [...hashedColumns, 'hash'];
    db.prepare(
      `INSERT INTO "AuditEntry" (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
    ).run({ ...entry, hash: hashOf(entry) });
  } finally {
    db.close();
  }
}

/** @param {string} data @param {string} name of a backup in the data directory, or a path */
function findBackup(data, name) {
  const backup = [path.join(data, 'backups', name), path.resolve(name)].find((file) => existsSync(file));
  if (!backup) throw new Error(`There is no backup ${name}.`);
  return backup;
}

/** @param {string} data @param {string} backup a file @param {number | null} handle of that file, which may be closed to this user */
function restore(data, backup, handle) {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const lock = lockDataDirectory(data);
  if (!lock) throw isRunning(data);
  try {
    const file = path.join(data, 'layerwright.db');
    const fresh = `${file}.restoring`;
    if (handle === null) copyFileSync(backup, fresh);
    else writeFileSync(fresh, readFileSync(handle));
    checkBackup(fresh);
    noteRestore(fresh, backup);
    syncToDisk(fresh);
    for (const ending of ['-wal', '-shm']) rmSync(`${fresh}${ending}`, { force: true });
    const kept = `${file}.replaced-${new Date().toISOString().replace(/[:.]/g, '-')}`;
    // The log first: it must never be beside another database.
    const replaced = ['-wal', '-shm', ''].filter((ending) => existsSync(`${file}${ending}`));
    for (const ending of replaced) renameSync(`${file}${ending}`, `${kept}${ending}`);
    renameSync(fresh, file);
    rmSync(path.join(data, 'running.json'), { force: true });
    syncToDisk(data);
    return replaced.includes('') ? kept : null;
  } finally {
    lock.close();
  }
}

/** @param {string} data */
const isRunning = (data) => new Error(`Layerwright is running on ${data}. Stop it first.`);

/**
 * A backup from elsewhere may be for root alone: root opens it. One in the data directory may be a link of the web process.
 * @param {import('./options.js').Options} options @param {import('./service-users.js').User} user @param {string} backup
 */
async function restoreAsWebUser({ data }, user, backup) {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  claimDataDirectory(data, user);
  if (isAlive(readRecord(path.join(data, 'start.json')))) throw isRunning(data);
  splitDataDirectory(data, user);
  const [program = '', ...wrapped] = (await prepareWebProcess({ root, data, user }))();
  const isElsewhere = path.relative(data, backup).startsWith('..');
  const args = [import.meta.filename, backup, ...(isElsewhere ? [fromInput] : [])];
  const { status, error } = spawnSync(program, [...wrapped, process.execPath, ...args], {
    cwd: root,
    env: { ...process.env, LAYERWRIGHT_DATA: data },
    stdio: [isElsewhere ? openSync(backup, 'r') : 'ignore', 'inherit', 'inherit'],
  });
  if (error) throw error;
  process.exitCode = status ?? 1;
}

/** @param {string} data */
function printBackups(data) {
  const directory = path.join(data, 'backups');
  const backups = listBackups(directory);
  if (!backups.length) return console.log(`There is no backup in ${directory}.`);
  for (const backup of backups)
    console.log(`${backup}  ${(statSync(path.join(directory, backup)).size / 1e6).toFixed(1)} MB`);
  console.log('\nStop Layerwright, then: npm run restore -- <name>');
}

/** @param {string | undefined} name @param {string | undefined} mode */
async function main(name, mode) {
  writePrivately();
  const options = parseOptions(process.env, root);
  if (!name) return printBackups(options.data);
  try {
    const isGiven = mode === fromInput;
    const backup = isGiven ? name : findBackup(options.data, name);
    const users = findServiceUsers(options.webUser);
    if (users) return await restoreAsWebUser(options, users.web, backup);
    const kept = restore(options.data, backup, isGiven ? 0 : null);
    console.log(`Restored ${backup}.`);
    if (kept) console.log(`The database until now is kept as ${kept}.`);
    console.log('Start Layerwright again: npm start');
  } catch (error) {
    console.error(`Nothing was restored: ${messageOf(error)}`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) await main(process.argv[2], process.argv[3]);
