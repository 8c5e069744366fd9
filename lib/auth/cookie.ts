import 'server-only';
import { env } from '@/lib/env';

/** `__Host-`: the browser accepts the cookie only if it is Secure, for exactly this host and for the path /. */
export const cookieName = (): string => (env().https ? '__Host-lw_session' : 'lw_session');

export const cookieOptions = () =>
  ({ httpOnly: true, sameSite: 'strict', path: '/', secure: env().https }) as const;

/** The value, if it has the format of a token. */
export const parseToken = (value: string | undefined): string | null =>
  value && /^[\w-]{43}$/.test(value) ? value : null;

/** The token in a Cookie header. */
export function tokenOf(cookieHeader: string | null): string | null {
  for (const part of (cookieHeader ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at >= 0 && part.slice(0, at).trim() === cookieName()) return parseToken(part.slice(at + 1).trim());
  }
  return null;
}
