import Database from 'better-sqlite3';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { forget } from '@/lib/remember';
import { db } from './client';
import { databaseFile } from './files';
import { migrate } from './migrate';

const base = path.join(os.tmpdir(), `layerwright-base-${process.pid}.db`);

function makeBase() {
  const file = new Database(base);
  migrate(file);
  file.pragma('journal_mode = WAL'); // as prepareDatabase does
  file.close();
}

export const makeTestDirectory = () => mkdtempSync(path.join(os.tmpdir(), 'layerwright-test-'));

/** For tests: a new migrated database in its own data directory, removed at the end. */
export async function useTestDatabase(directory = makeTestDirectory()) {
  if (!existsSync(base)) makeBase();
  process.env.LAYERWRIGHT_DATA = directory;
  forget('env');
  forget('db');
  copyFileSync(base, databaseFile());
  const client = db();
  afterAll(async () => {
    await client.$disconnect();
    rmSync(directory, { recursive: true, force: true });
    rmSync(base, { force: true });
  });
  return { db: client, directory };
}
