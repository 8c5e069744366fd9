import { setTimeout as sleep } from 'node:timers/promises';
import type { AppError, ErrorReason } from '@/lib/errors';

/** The registry is busy or was cut off, which may pass by itself. Everything it decided (400, 401, 403, 404...) stays. */
export function transientReason(error: AppError): ErrorReason | null {
  if (error.code !== 'registry_failed' && error.code !== 'registry_unreachable') return null;
  const { reason } = error;
  return reason?.kind === 'status' || reason?.kind === 'connection-lost' || reason?.kind === 'timeout'
    ? reason
    : null;
}

/** Why it is tried again, in a few words. */
export function reasonText(reason: ErrorReason): string {
  if (reason.kind === 'status') return `registry answered ${reason.status}`;
  if (reason.kind === 'unauthorized') return 'token expired, a new one is asked for';
  return reason.kind === 'timeout' ? 'registry did not answer in time' : 'connection lost';
}

export const maxRetries = 5;

/** Seconds before each retry, as the engine's own store waits between its tries of a layer. */
export const backoff = (retry: number): number => Math.min(5 * retry, 20);

export const wait = (seconds: number, signal: AbortSignal): Promise<void> =>
  sleep(seconds * 1000, undefined, { signal });
