import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/errors';

/** What may pass by itself: the registry is busy or was cut off. Everything it decided (400, 401, 403, 404...) stays. */
const transient: [pattern: RegExp, reason: (match: RegExpExecArray) => string][] = [
  [/toomanyrequests|too many requests/i, () => 'registry answered 429'],
  // `received unexpected HTTP status: 503 Service Unavailable`, `unexpected status from PUT request to …: 502 Bad Gateway`
  [/(?:[\s:(])(408|429|5(?!07)\d\d) [A-Z][a-z]+/, ([, status]) => `registry answered ${status}`],
  [/\bHTTP (408|429|5(?!07)\d\d)\b/i, ([, status]) => `registry answered ${status}`],
  [
    /connection reset|broken pipe|unexpected EOF|: EOF\b|closed network connection|server closed idle/i,
    () => 'connection lost',
  ],
  [
    /i\/o timeout|deadline exceeded|handshake timeout|awaiting headers/i,
    () => 'registry did not answer in time',
  ],
];

/** Why it is worth trying again, in a few words; null where it is not. */
export function transientReason(error: AppError): string | null {
  if (error.code !== 'registry_failed' && error.code !== 'registry_unreachable') return null;
  const words = error.cause instanceof Error ? error.cause.message : error.message;
  for (const [pattern, reason] of transient) {
    const match = pattern.exec(words);
    if (match) return reason(match);
  }
  return null;
}

export const maxRetries = 5;

/** Seconds before each retry, as the engine's own store waits between its tries of a layer. */
export const backoff = (retry: number): number => Math.min(5 * retry, 20);

export const wait = (seconds: number, signal: AbortSignal): Promise<void> =>
  sleep(seconds * 1000, undefined, { signal });
