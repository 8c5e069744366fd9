import 'server-only';
import { isIPv6 } from 'node:net';

interface Bucket {
  tokens: number;
  at: number;
  /** Consecutive refusals; each doubles the wait. */
  strikes: number;
  blockedUntil: number;
}

const maxWaitMs = 15 * 60_000;
/** Maximum number of buckets, evicted oldest first: many invented names must not exhaust the memory. */
const maxKeys = 10_000;

interface Limiter {
  /** Takes one attempt; returns the milliseconds to wait if there is none left. */
  take: (key: string, now?: number) => number;
  /** Returns a successful attempt. */
  giveBack: (key: string) => void;
  /** Resets the failures. */
  forget: (key: string) => void;
}

/** Token buckets for one minute; each consecutive refusal doubles the wait. */
export function createLimiter(perMinute: number): Limiter {
  const buckets = new Map<string, Bucket>();
  const refillMs = 60_000 / perMinute;
  const find = (key: string, now: number): Bucket => {
    const old = buckets.get(key);
    const forgotten = old && now >= old.blockedUntil + maxWaitMs && now - old.at >= maxWaitMs;
    const bucket = old && !forgotten ? old : { tokens: perMinute, at: now, strikes: 0, blockedUntil: 0 };
    buckets.delete(key);
    buckets.set(key, bucket); // last in insertion order: the newest
    if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value!);
    return bucket;
  };
  return {
    take(key, now = performance.now()) {
      const bucket = find(key, now);
      if (now < bucket.blockedUntil) return bucket.blockedUntil - now;
      // After a wait there is one attempt, not a full bucket.
      const most = bucket.strikes ? 1 : perMinute;
      bucket.tokens = Math.min(most, bucket.tokens + (now - bucket.at) / refillMs);
      bucket.at = now;
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return 0;
      }
      bucket.blockedUntil = now + Math.min(maxWaitMs, refillMs * 2 ** bucket.strikes++);
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

/** IPv6 addresses are grouped by /64, within which a client can choose freely. */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const front = head ? head.split(':') : [];
  const back = tail ? tail.split(':') : [];
  const full =
    tail === undefined ? front : [...front, ...Array(8 - front.length - back.length).fill('0'), ...back];
  return full.slice(0, 4).join(':');
}
