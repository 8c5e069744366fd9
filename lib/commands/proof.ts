import 'server-only';
import { AppError } from '@/lib/errors';
import type { CurrentUser } from './caller';

/** ms. How long a password that was entered counts for dangerous acts. */
export const proofMs = 5 * 60_000;

/**
 * Whoever finds a browser signed in, or gets hold of its cookie, is stopped here. A time that lies ahead is of a clock that
 * was set back: it counts as little as one that is long ago.
 */
export function requireProof(user: Pick<CurrentUser, 'provedAt'> | null, now = Date.now()): void {
  if (user && Math.abs(now - user.provedAt) < proofMs) return;
  throw new AppError('password_needed', undefined, {
    hint: 'Try it again and enter your password, or sign out and in again.',
  });
}
