import 'server-only';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '@/lib/errors';
import { findGitRoute } from './addresses';
import { type HostKey, parseGitUrl } from './schema';
import { readGitSettings } from './store';

const run = promisify(execFile);
/** Seconds that ssh-keyscan waits for an answer. */
const patience = 5;

/** As `ssh-keygen -l` and hosting services write it. */
export const fingerprintOf = (key: string): string =>
  `SHA256:${createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').replace(/=+$/, '')}`;

/** What a server says its keys are. It may be anybody who says so: a person has to compare the fingerprints. */
export async function scanHostKeys(url: string): Promise<HostKey[]> {
  const parsed = parseGitUrl(url);
  if (!parsed.ok || parsed.address.protocol !== 'ssh') {
    const message = parsed.ok ? 'Only SSH servers have host keys.' : parsed.reason;
    throw new AppError('invalid_input', message, { fields: { url: message } });
  }
  const { host, port } = parsed.address;
  const route = await findGitRoute(parsed.address, await readGitSettings());
  if (route.via === 'proxy') throw new AppError('internal'); // it is for https only
  const args = ['-T', String(patience), '-p', String(port ?? 22), '--', route.address];
  const { stdout } = await run('ssh-keyscan', args, {
    env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: 'C' },
    timeout: 2 * patience * 1000,
    maxBuffer: 1024 * 1024,
  }).catch((error: NodeJS.ErrnoException & { stdout?: string }) => {
    if (error.code === 'ENOENT')
      throw new AppError('conflict', 'ssh-keyscan is not installed on the server.', {
        hint: 'Install it with: sudo apt-get install openssh-client',
        cause: error,
      });
    return { stdout: error.stdout ?? '' }; // it answers some kinds of keys, and fails for the others
  });
  const known = port && port !== 22 ? `[${host}]:${port}` : host;
  const keys = stdout.split('\n').flatMap((line) => {
    const [, type, key] = /^\S+ (\S+) ([A-Za-z0-9+/]+=*)\s*$/.exec(line) ?? [];
    return type && key ? [{ line: `${known} ${type} ${key}`, type, fingerprint: fingerprintOf(key) }] : [];
  });
  if (keys.length) return keys;
  throw new AppError('conflict', `${known} did not send its host keys.`, {
    hint: 'Check that SSH runs at this port and that this machine can reach it.',
  });
}
