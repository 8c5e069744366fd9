import 'server-only';
import { env } from '@/lib/env';

/** `__Host-` makes the browser refuse the cookie unless it is Secure, for this very host and for the path /. */
export const cookieName = (): string => (env().https ? '__Host-lw_session' : 'lw_session');

export const cookieOptions = () =>
  ({ httpOnly: true, sameSite: 'strict', path: '/', secure: env().https }) as const;

/** The token in a Cookie header, when it has the form of one. */
export function tokenOf(cookieHeader: string | null): string | null {
  for (const part of (cookieHeader ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at < 0 || part.slice(0, at).trim() !== cookieName()) continue;
    const token = part.slice(at + 1).trim();
    return /^[\w-]{43}$/.test(token) ? token : null;
  }
  return null;
}
