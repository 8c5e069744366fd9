import 'server-only';
import Database from 'better-sqlite3';
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const migrationsDirectory = () =>
  path.join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations');

interface Applied {
  migration_name: string;
  checksum: string;
}

const ledger = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
  "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;

const migrationNames = (directory: string) =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();

export const hasMigrations = (db: Database.Database): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'`).get() !== undefined;

function appliedTo(db: Database.Database): Map<string, string> {
  if (!hasMigrations(db)) return new Map();
  const rows = db
    .prepare(
      'SELECT migration_name, checksum FROM "_prisma_migrations" WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL',
    )
    .all() as Applied[];
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

/** Names of the missing migrations; throws if the database is newer than this program. */
export function pendingMigrations(db: Database.Database, directory = migrationsDirectory()): string[] {
  const applied = appliedTo(db);
  const names = migrationNames(directory);
  const unknown = [...applied.keys()].find((name) => !names.includes(name));
  if (unknown)
    throw new Error(
      `The database is newer than this program (it has the migration ${unknown}). Upgrade the program.`,
    );
  return names.filter((name) => !applied.has(name));
}

function applyOne(db: Database.Database, directory: string, name: string) {
  const sql = readFileSync(path.join(directory, name, 'migration.sql'), 'utf8');
  const started = new Date().toISOString();
  db.exec(sql);
  db.prepare(
    'INSERT INTO "_prisma_migrations"(id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?,?,?,?,?,1)',
  ).run(
    randomUUID(),
    createHash('sha256').update(sql).digest('hex'),
    name,
    started,
    new Date().toISOString(),
  );
}

/**
 * Applies prisma/migrations in order, all or none, with the bookkeeping of `prisma migrate deploy`, so that both can
 * be used. Needs no schema engine and no download. Returns the names of those applied.
 */
export function migrate(db: Database.Database, directory = migrationsDirectory()): string[] {
  // Disabled before BEGIN: in a transaction the pragma has no effect, and Prisma's table redefinitions (copy, drop,
  // rename) would delete child rows by cascade.
  db.pragma('foreign_keys = OFF');
  db.exec(ledger);
  db.exec('BEGIN IMMEDIATE');
  try {
    const pending = pendingMigrations(db, directory);
    for (const name of pending) applyOne(db, directory, name);
    const broken = db.pragma('foreign_key_check') as unknown[];
    if (broken.length)
      throw new Error(`References are broken after the migration: ${JSON.stringify(broken[0])}`);
    db.exec('COMMIT');
    return pending;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  } finally {
    db.pragma('foreign_keys = ON');
  }
}
