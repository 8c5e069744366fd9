import Database from 'better-sqlite3';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { checkBackup } from '@/bin/backup.js';
import type { App } from '@/e2e/setup/app';

export interface Row {
  id: string;
  kind: string;
  status: string;
  title: string;
  input: Record<string, unknown>;
  result: Record<string, unknown> | null;
  errorMessage: string | null;
}

function read<T>(app: App, work: (db: Database.Database) => T): T {
  const db = new Database(path.join(app.dataDirectory, 'layerwright.db'), { readonly: true, timeout: 5000 });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const isOpen = "status IN ('queued', 'running')";

/** Operations after this id, in their order. */
export const listRows = (app: App, after: string): Row[] =>
  read(app, (db) =>
    db
      .prepare<[string], Omit<Row, 'input' | 'result'> & { input: string; result: string | null }>(
        'SELECT id, kind, status, title, input, result, errorMessage FROM Operation WHERE id > ? ORDER BY id',
      )
      .all(after)
      .map((row) => ({
        ...row,
        input: JSON.parse(row.input) as Row['input'],
        result: row.result === null ? null : (JSON.parse(row.result) as Row['result']),
      })),
  );

/** Kinds of the operations that are queued or running. */
export const listOpenKinds = (app: App): string[] =>
  read(app, (db) => db.prepare<[], { kind: string }>(`SELECT kind FROM Operation WHERE ${isOpen}`).all()).map(
    ({ kind }) => kind,
  );

/** The only column of the row with this id; undefined without a row. */
const readColumn = (app: App, query: string, id: string): string | null | undefined =>
  read(app, (db) => db.prepare<[string], string | null>(query).pluck().get(id));

export const imageOfBuild = (app: App, id: string): string | null =>
  readColumn(app, 'SELECT imageId FROM Build WHERE operationId = ?', id) ?? null;

export const containerOf = (app: App, workbench: string): string =>
  readColumn(app, 'SELECT containerId FROM Workbench WHERE id = ?', workbench)!;

/** The newest terminal of a workbench. */
export const terminalOf = (app: App, workbench: string): string =>
  readColumn(app, 'SELECT operationId FROM Workbench WHERE id = ?', workbench)!;

export const hasProject = (app: App, name: string): boolean =>
  read(app, (db) => db.prepare('SELECT id FROM Project WHERE name = ?').get(name) !== undefined);

/** The folder of a project; null if it is missing in the database or on the disk. */
export function folderOf(app: App, projectId: string): string | null {
  const name = readColumn(app, 'SELECT folder FROM Project WHERE id = ?', projectId);
  const folder = name && path.join(app.dataDirectory, 'projects', name);
  return folder && existsSync(folder) && readdirSync(folder).length > 0 ? folder : null;
}

/** What is wrong with the files that count as backups. */
export function listBadBackups(app: App): string[] {
  const directory = path.join(app.dataDirectory, 'backups');
  const names = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.db')) : [];
  return names.flatMap((name) => {
    try {
      checkBackup(path.join(directory, name));
      return [];
    } catch (error) {
      return [String(error)];
    }
  });
}
