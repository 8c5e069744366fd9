import 'server-only';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

const lifetimeMs = 24 * 3_600_000;
const stored = z.object({ token: z.string().min(27), expiresAt: z.number() });

export const setupTokenFile = () => path.join(env().dataDirectory, 'keys', 'setup-token');

function read(): z.output<typeof stored> | null {
  try {
    return stored.safeParse(JSON.parse(readFileSync(setupTokenFile(), 'utf8'))).data ?? null;
  } catch {
    return null; // missing or invalid: a new one is generated
  }
}

/** The token of the set-up link: unchanged across restarts until it is used or a day old. 160 bits. */
export function keepSetupToken(now = Date.now()): string {
  const old = read();
  if (old && now < old.expiresAt) return old.token;
  const token = randomBytes(20).toString('base64url');
  const file = setupTokenFile();
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, JSON.stringify({ token, expiresAt: now + lifetimeMs }), { mode: 0o600, flag: 'wx' });
  renameSync(fresh, file);
  return token;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

export function checkSetupToken(given: string, now = Date.now()): void {
  const right = read();
  if (!right || !timingSafeEqual(digest(given), digest(right.token)))
    throw new AppError('forbidden', 'The set-up code is wrong.', {
      hint: 'Use the link that the server printed when it started.',
    });
  if (now >= right.expiresAt)
    throw new AppError('forbidden', 'This set-up link is more than a day old.', {
      hint: 'Restart the server to print a new one.',
    });
}

export const dropSetupToken = (): void => rmSync(setupTokenFile(), { force: true });
