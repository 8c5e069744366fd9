import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, openSync, closeSync, fsyncSync, fstatSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';

export interface MasterKey {
  id: string;
  key: Buffer;
}

const keyBytes = 32;

export const keysDirectory = () => path.join(env().dataDirectory, 'keys');
export const masterKeyFile = () => path.join(keysDirectory(), 'master.key');

/** Makes the file only where none is: two at once end with the same key, and no key is ever written over. */
function makeKeyFile(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  try {
    writeFileSync(handle, `${randomBytes(keyBytes).toString('base64')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export function readMasterKey(file = masterKeyFile()): MasterKey {
  makeKeyFile(file);
  const handle = openSync(/* turbopackIgnore: true */ file, 'r');
  try {
    const mode = fstatSync(handle).mode & 0o777;
    if (mode & 0o077)
      throw new AppError('internal', `Others than the owner may read ${file} (mode ${mode.toString(8)}).`, {
        hint: `Run: chmod 600 ${file}`,
      });
    const key = Buffer.from(readFileSync(handle, 'utf8').trim(), 'base64');
    if (key.length !== keyBytes)
      throw new AppError('internal', `${file} does not hold a key of ${keyBytes} bytes.`, {
        hint: 'Put the right file back from a backup. A new key cannot open what was sealed with the old one.',
      });
    return {
      id: createHash('sha256').update('layerwright key id').update(key).digest('hex').slice(0, 16),
      key,
    };
  } finally {
    closeSync(handle);
  }
}

/** The installation's key, read once. Made at first use, outside of the database and its backups. */
export const masterKey = (): MasterKey => remember('master-key', () => readMasterKey());
