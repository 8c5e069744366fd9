import 'server-only';
import { isIPv6 } from 'node:net';
import { AppError } from '@/lib/errors';
import { remember } from '@/lib/remember';

interface Bucket {
  tokens: number;
  at: number;
  /** How often in a row the bucket was found empty: each doubles the wait. */
  strikes: number;
  blockedUntil: number;
}

const longestWait = 15 * 60_000;
/** Forgotten from the oldest on: a flood of made-up names must not fill the memory. */
const mostKeys = 10_000;

interface Limiter {
  /** Takes one attempt; returns the milliseconds to wait when there is none to take. */
  take: (key: string, now?: number) => number;
  /** Gives a good attempt back. */
  giveBack: (key: string) => void;
  /** Forgets the failures. */
  forget: (key: string) => void;
}

/** Token buckets that hold a minute's worth; who runs into the limit waits, and each time twice as long. */
export function createLimiter(perMinute: number): Limiter {
  const buckets = new Map<string, Bucket>();
  const refill = 60_000 / perMinute;
  const find = (key: string, now: number): Bucket => {
    const old = buckets.get(key);
    const forgotten = old && now >= old.blockedUntil + longestWait && now - old.at >= longestWait;
    const bucket = old && !forgotten ? old : { tokens: perMinute, at: now, strikes: 0, blockedUntil: 0 };
    buckets.delete(key);
    buckets.set(key, bucket); // at the end: the newest
    if (buckets.size > mostKeys) buckets.delete(buckets.keys().next().value!);
    return bucket;
  };
  return {
    take(key, now = Date.now()) {
      const bucket = find(key, now);
      if (now < bucket.blockedUntil) return bucket.blockedUntil - now;
      // After a block there is one attempt, not a fresh minute's worth.
      const most = bucket.strikes ? 1 : perMinute;
      bucket.tokens = Math.min(most, bucket.tokens + (now - bucket.at) / refill);
      bucket.at = now;
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return 0;
      }
      bucket.blockedUntil = now + Math.min(longestWait, refill * 2 ** bucket.strikes++);
      return bucket.blockedUntil - now;
    },
    giveBack(key) {
      const bucket = buckets.get(key);
      if (bucket) bucket.tokens += 1;
    },
    forget(key) {
      buckets.delete(key);
    },
  };
}

const limiters = () =>
  remember('sign-in-limits', () => ({ account: createLimiter(5), address: createLimiter(20) }));

/** One home is one /64: the rest of an IPv6 address is free to choose. */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const front = head ? head.split(':') : [];
  const back = tail ? tail.split(':') : [];
  const full =
    tail === undefined ? front : [...front, ...Array(8 - front.length - back.length).fill('0'), ...back];
  return full.slice(0, 4).join(':');
}

function words(wait: number): string {
  const seconds = Math.ceil(wait / 1000);
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

/** Counts an attempt by account and by address; the returned function tells that it was a good one. */
export function countAttempt(account: string, address: string): () => void {
  const { account: byAccount, address: byAddress } = limiters();
  const from = addressKey(address);
  const wait = byAddress.take(from) || byAccount.take(account);
  if (wait) throw new AppError('rate_limited', `Too many attempts. Try again in ${words(wait)}.`);
  return () => {
    byAccount.forget(account);
    byAddress.giveBack(from); // not forgotten: an account of one's own must not reset what one guesses at others
  };
}
