import Database from 'better-sqlite3';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, migrationsDirectory } from './migrate';

let directory: string;
let db: Database.Database;

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-migrations-'));
  db = new Database(path.join(directory, 'app.db'));
});

afterEach(() => {
  db.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The database of a program whose last migration came before this one. */
function migrateUpTo(next: string) {
  const before = path.join(directory, 'migrations');
  for (const name of readdirSync(migrationsDirectory()).filter((one) => one < next))
    cpSync(path.join(migrationsDirectory(), name), path.join(before, name), { recursive: true });
  migrate(db, before);
}

function addBuild(id: string, projectId: string | null, number: number, title = `web #${number}`) {
  db.prepare(
    `INSERT INTO Operation (id, kind, status, title, input) VALUES (?, 'build', 'failed', ?, '{}')`,
  ).run(id, title);
  db.prepare(
    `INSERT INTO Build (operationId, projectId, projectName, number, dockerfile, options) VALUES (?, ?, 'web', ?, 'Dockerfile', '{}')`,
  ).run(id, projectId, number);
}

const builds = () =>
  db
    .prepare(
      `SELECT operationId AS id, number, title FROM Build JOIN Operation ON id = operationId ORDER BY operationId`,
    )
    .raw()
    .all();

test('builds that share a number are renumbered in their order, and no others', () => {
  migrateUpTo('0006');
  for (const id of ['p', 'q'])
    db.prepare('INSERT INTO Project (id, name, folder, options, updatedAt) VALUES (?, ?, ?, ?, 0)').run(
      id,
      id,
      id,
      '{}',
    );
  addBuild('a', 'p', 1);
  addBuild('b', 'p', 3); // numbered before c, which was started earlier
  addBuild('c', 'p', 2);
  addBuild('d', 'p', 2);
  addBuild('e', 'p', 3, 'web, renamed');
  addBuild('f', 'q', 7); // older ones were deleted
  addBuild('g', null, 1); // their project was deleted
  addBuild('h', null, 1);
  migrate(db);
  expect(builds()).toEqual([
    ['a', 1, 'web #1'],
    ['b', 4, 'web #4'],
    ['c', 2, 'web #2'],
    ['d', 3, 'web #3'],
    ['e', 5, 'web, renamed'],
    ['f', 7, 'web #7'],
    ['g', 1, 'web #1'],
    ['h', 1, 'web #1'],
  ]);
});

test('operations that waited for a preparation that had failed are gone, with what belonged to them', () => {
  migrateUpTo('0006');
  addBuild('a', null, 1);
  addBuild('b', null, 2);
  db.exec(`UPDATE Operation SET status = 'queued', runnerId = 'held' WHERE id = 'b'`);
  migrate(db);
  expect(builds()).toEqual([['a', 1, 'web #1']]);
});
