import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';

interface MasterKey {
  id: string;
  key: Buffer;
}

const keyBytes = 32;

const keysDirectory = () => path.join(env().dataDirectory, 'keys');
export const masterKeyFile = () => path.join(keysDirectory(), 'master.key');

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Creates the file only if it does not exist, atomically: concurrent calls use the same key, a key is never
 * overwritten, and it is synced, so that data encrypted with it survives a power failure.
 */
function makeKeyFile(file: string): void {
  if (existsSync(file)) return;
  const directory = path.dirname(file);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}.new`;
  try {
    writeFileSync(fresh, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600, flush: true });
    linkSync(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
  syncDirectory(directory);
}

export function readMasterKey(file = masterKeyFile()): MasterKey {
  makeKeyFile(file);
  const handle = openSync(/* turbopackIgnore: true */ file, 'r');
  try {
    const mode = fstatSync(handle).mode & 0o777;
    if (mode & 0o077)
      throw new AppError(
        'internal',
        `${file} can be read by others than its owner (mode ${mode.toString(8)}).`,
        {
          hint: `Run: chmod 600 ${file}`,
        },
      );
    const key = Buffer.from(readFileSync(handle, 'utf8').trim(), 'base64');
    if (key.length !== keyBytes)
      throw new AppError('internal', `${file} does not hold a key of ${keyBytes} bytes.`, {
        hint: 'Restore the file from a backup. A new key cannot decrypt what the old one encrypted.',
      });
    return {
      id: createHash('sha256').update('layerwright key id').update(key).digest('hex').slice(0, 16),
      key,
    };
  } finally {
    closeSync(handle);
  }
}

/** The installation's key, read once. Created on first use, outside of the database and its backups. */
export const masterKey = (): MasterKey => remember('master-key', () => readMasterKey());
