import 'server-only';
import { askRegistry } from './connection';
import type { RegistryAccess } from './access';

/** Seconds of a `Retry-After` header: a number or a date. Null for anything else. */
export function parseRetryAfter(header: string | undefined, now = Date.now()): number | null {
  if (!header) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  // An HTTP date starts with the weekday; Date.parse accepts almost anything.
  const at = /^[A-Z][a-z]+,/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}

/** The delay that a registry requests, in seconds; the engine does not forward the header. */
export async function findRetryAfter(access: RegistryAccess, signal?: AbortSignal): Promise<number | null> {
  try {
    const { status, headers } = await askRegistry(access, { path: '/v2/' }, signal);
    return status === 429 || status === 503 ? parseRetryAfter(headers['retry-after']) : null;
  } catch {
    return null; // Optional: without a response, the usual delay applies.
  }
}
