import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const script = `
import Database from 'better-sqlite3';
const [file, lockedMs] = process.argv.slice(1);
const db = new Database(file);
db.exec('BEGIN EXCLUSIVE');
console.log('locked');
setTimeout(() => { db.exec('COMMIT'); db.close(); }, Number(lockedMs));
`;

/** For tests: another process holds the database's lock. Resolves when it has it; `released` when it has ended. */
export async function lockInChild(file: string, lockedMs: number): Promise<{ released: Promise<unknown> }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', file, String(lockedMs)], {
    cwd: path.join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const released = once(child, 'exit');
  await once(child.stdout, 'data');
  return { released };
}
