import 'server-only';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError, storageErrorOf } from '@/lib/errors';
import { remember } from '@/lib/remember';
import { requireDataSpace } from './data-disk';
import { backupDirectory, databaseFile } from './files';

const backupReasons = ['nightly', 'by-hand', 'before-upgrade'] as const;
type BackupReason = (typeof backupReasons)[number];

/** Per reason: manual backups do not replace nightly ones. */
const keptPerReason = 7;
const dayMs = 24 * 60 * 60 * 1000;

interface Backup {
  name: string;
  /** Null for a file with another name. */
  reason: BackupReason | null;
  /** ms since 1970 */
  madeAt: number;
  sizeBytes: number;
  /** The last check in this process. */
  check: { at: number; problem: string | null } | null;
}

const checks = () => remember('backup-checks', () => new Map<string, NonNullable<Backup['check']>>());

const pattern = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-([a-z-]+)\.db$/;

function describe(directory: string, name: string): Backup {
  const { size, mtimeMs } = statSync(path.join(directory, name));
  const [, day, hours, minutes, seconds, ms, made] = pattern.exec(name) ?? [];
  return {
    name,
    reason: backupReasons.find((reason) => reason === made) ?? null,
    madeAt: day ? Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`) : mtimeMs,
    sizeBytes: size,
    check: checks().get(name) ?? null,
  };
}

/** Oldest first. */
export function listBackups(directory = backupDirectory()): Backup[] {
  let names: string[];
  try {
    names = readdirSync(directory).filter((name) => name.endsWith('.db'));
  } catch {
    return []; // there is no backup yet
  }
  return names.map((name) => describe(directory, name)).toSorted((a, b) => a.madeAt - b.madeAt);
}

const script = () => path.join(/* turbopackIgnore: true */ process.cwd(), 'bin', 'backup.js');

/** The error on the script's stderr: code and message. */
function errorOf(failed: unknown): Error {
  const said = (failed as { stderr?: string | Buffer }).stderr?.toString().trim().split('\n').at(-1) ?? '';
  try {
    const { code, message } = JSON.parse(said) as { code?: string; message: string };
    return Object.assign(new Error(message), { code });
  } catch {
    return failed instanceof Error ? failed : new Error(String(failed)); // it failed before that
  }
}

function prepare(reason: BackupReason, now: Date) {
  const directory = backupDirectory();
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const name = `${now.toISOString().replace(/[:.]/g, '-')}-${reason}.db`;
  return { name, args: [script(), 'make', databaseFile(), path.join(directory, name)] };
}

/** Made while the clock was ahead: newer ones are dated before it. */
const isAhead = (now: Date) => (backup: Backup) => backup.madeAt > now.getTime() + dayMs;

function finish(name: string, reason: BackupReason, now: Date): string {
  checks().set(name, { at: Date.now(), problem: null });
  const directory = backupDirectory();
  const ahead = isAhead(now);
  const older = listBackups(directory)
    .filter((backup) => backup.reason === reason)
    .toSorted((a, b) => Number(ahead(b)) - Number(ahead(a)));
  for (const backup of older.slice(0, -keptPerReason)) rmSync(path.join(directory, backup.name));
  // Incomplete files of a killed process.
  for (const other of readdirSync(directory))
    if (other.endsWith('.part')) rmSync(path.join(directory, other));
  return path.join(directory, name);
}

const run = promisify(execFile);

/** One at a time. Writes a consistent, checked copy; returns its path. */
export function backUpDatabase(reason: BackupReason, now = new Date()): Promise<string> {
  const turn = remember('backup-turn', () => ({ last: Promise.resolve('') }));
  const make = async () => {
    const { name, args } = prepare(reason, now);
    await requireDataSpace(statSync(databaseFile()).size);
    try {
      await run(process.execPath, args);
    } catch (failed) {
      const error = errorOf(failed);
      throw (
        storageErrorOf(error) ??
        new AppError('storage_failed', `The backup was not made: ${error.message}`, { cause: error })
      );
    }
    return finish(name, reason, now);
  };
  const made = turn.last.then(make, make);
  turn.last = made;
  return made;
}

/** Runs before the server accepts requests, without concurrent access. */
export function backUpBeforeUpgrade(now = new Date()): string {
  const { name, args } = prepare('before-upgrade', now);
  try {
    execFileSync(process.execPath, args, { stdio: 'pipe' });
  } catch (failed) {
    throw new Error(`The backup before the upgrade was not made: ${errorOf(failed).message}`, {
      cause: failed,
    });
  }
  return finish(name, 'before-upgrade', now);
}

/** A backup per day, also for a server that is stopped every evening. */
export async function backUpIfDue(now = new Date()): Promise<void> {
  const ahead = isAhead(now);
  const newest = listBackups().findLast((backup) => backup.reason === 'nightly' && !ahead(backup));
  if (!newest || now.getTime() - newest.madeAt >= dayMs) await backUpDatabase('nightly', now);
}

/** Reads the whole backup. Null: it is intact. */
export async function checkBackup(name: string): Promise<string | null> {
  const known = listBackups().find((backup) => backup.name === name);
  if (!known) throw new AppError('not_found', 'The backup does not exist any more.');
  let problem: string | null = null;
  try {
    await run(process.execPath, [script(), 'check', path.join(backupDirectory(), name)]);
  } catch (failed) {
    problem = errorOf(failed).message;
  }
  checks().set(name, { at: Date.now(), problem });
  return problem;
}

/** If the database is damaged at the start: the newest intact backup. */
export function newestSoundBackup(): string | null {
  const sound = listBackups().findLast(({ name }) => {
    try {
      execFileSync(process.execPath, [script(), 'check', path.join(backupDirectory(), name)], {
        stdio: 'pipe',
      });
      return true;
    } catch {
      return false;
    }
  });
  return sound?.name ?? null;
}
