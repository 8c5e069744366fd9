import 'server-only';
import { addressKey, createLimiter } from '@/lib/commands/limiter';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';

const limiters = () =>
  remember('sign-in-limits', () => ({ account: createLimiter(5), address: createLimiter(20) }));

function words(wait: number): string {
  const seconds = Math.ceil(wait / 1000);
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

/** Counts an attempt by account and by address; the returned function marks it as successful. */
export function countAttempt(account: string, address: string): () => void {
  const { account: byAccount, address: byAddress } = limiters();
  const from = addressKey(address);
  const wait = byAddress.take(from) || byAccount.take(account);
  if (wait) throw new AppError('rate_limited', `Too many attempts. Try again in ${words(wait)}.`);
  return () => {
    byAccount.forget(account);
    byAddress.giveBack(from); // not reset: signing in to an own account must not allow more guesses for others
  };
}
