import Database from 'better-sqlite3';
import { chownSync, copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { newDirectory } from './environment';

const migrations = path.join(import.meta.dirname, '../../prisma/migrations');
const names = readdirSync(migrations, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .toSorted();

/** The migration that the older database lacks. */
export const lastMigration = names.at(-1)!;

const rowsOf = (db: Database.Database, table: string) =>
  db.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[];

/** Inserts the columns that the table has. */
function insert(db: Database.Database, table: string, row: Record<string, unknown>) {
  const columns = (db.pragma(`table_info("${table}")`) as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => name in row);
  const values = columns.map((name) => row[name]);
  db.prepare(
    `INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  ).run(values);
}

/**
 * Writes the database of the version before the last migration: with the users of another one, and a build in its history.
 * @param owner user and group of the file
 */
export function writeOlderDatabase(data: string, current: string, owner: number): void {
  const source = new Database(path.join(current, 'layerwright.db'), { readonly: true });
  const file = path.join(data, 'layerwright.db');
  const db = new Database(file);
  try {
    const ledger = source.prepare(`SELECT sql FROM sqlite_master WHERE name = '_prisma_migrations'`);
    db.exec((ledger.get() as { sql: string }).sql);
    for (const name of names.slice(0, -1))
      db.exec(readFileSync(path.join(migrations, name, 'migration.sql'), 'utf8'));
    for (const row of rowsOf(source, '_prisma_migrations'))
      if (row.migration_name !== lastMigration) insert(db, '_prisma_migrations', row);
    for (const row of rowsOf(source, 'User')) insert(db, 'User', row);
    insert(db, 'Operation', {
      id: 'old',
      kind: 'build',
      status: 'failed',
      title: 'Old site #7',
      input: '{}',
    });
    const build = { operationId: 'old', projectName: 'Old site', number: 7, dockerfile: 'Dockerfile' };
    insert(db, 'Build', { ...build, options: '{}' });
  } finally {
    db.close();
    source.close();
  }
  chownSync(file, owner, owner);
}

/** The migrations of a database that no process has open, and the titles of its operations. */
export function readDatabase(data: string): { migrations: unknown[]; titles: unknown[] } {
  // A copy: SQLite would put files of this user beside the database.
  const copy = path.join(newDirectory('database'), 'layerwright.db');
  copyFileSync(path.join(data, 'layerwright.db'), copy);
  const db = new Database(copy);
  try {
    return {
      migrations: rowsOf(db, '_prisma_migrations').map((row) => row.migration_name),
      titles: rowsOf(db, 'Operation').map(({ title }) => title),
    };
  } finally {
    db.close();
  }
}
