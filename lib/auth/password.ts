import 'server-only';
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';

/** OWASP's first choice for scrypt is N=2^17; 2^16 takes 64 MiB and about 0.2 s, acceptable on a small machine. */
const cost = { ln: 16, r: 8, p: 1 };
const hashBytes = 32;
/** Each hash uses 64 MiB and a thread of the pool that file access needs, too. */
const maxParallel = 2;
const maxWaiting = 30;

const queue = () => remember('password-queue', () => ({ busy: 0, waiting: [] as (() => void)[] }));

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const state = queue();
  if (state.busy >= maxParallel) {
    if (state.waiting.length >= maxWaiting) throw new AppError('rate_limited');
    await new Promise<void>((resolve) => state.waiting.push(resolve)); // resumed by the previous one when it ends
  } else state.busy++;
  try {
    return await work();
  } finally {
    const next = state.waiting.shift();
    if (next) next();
    else state.busy--;
  }
}

function derive(password: string, salt: Buffer, { ln, r, p }: typeof cost): Promise<Buffer> {
  const N = 2 ** ln;
  const options = { N, r, p, maxmem: 128 * N * r + 1024 * 1024 };
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
}

/**
 * PHC string format, which includes the parameters, so that they can change later: `$scrypt$ln=16,r=8,p=1$salt$hash`.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d)\$([\w-]+)\$([\w-]{43})$/;
/** Verified for unknown users: takes as long, and never matches. */
const unmatchableHash = `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = form.exec(stored ?? unmatchableHash);
  if (!parts)
    throw new AppError('internal', undefined, { cause: 'a password hash is not of the known form' });
  const [, ln, r, p, salt, hash] = parts as unknown as string[];
  const found = await derive(password, Buffer.from(salt!, 'base64url'), {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(found, Buffer.from(hash!, 'base64url')) && stored !== null;
}
