import 'server-only';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { databaseFile } from '@/lib/db/files';
import { type Verification, verification } from './schema';

const run = promisify(execFile);
const script = () => path.join(/* turbopackIgnore: true */ process.cwd(), 'bin', 'audit.js');

/** Reads the whole log, in another process: SQLite is synchronous. */
export async function verifyAudit(): Promise<Verification> {
  const { stdout } = await run(process.execPath, [script(), 'report', databaseFile()]);
  return verification.parse(JSON.parse(stdout));
}
