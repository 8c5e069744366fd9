import 'server-only';
import { cookies } from 'next/headers';
import { cookieName, cookieOptions } from '@/lib/auth/cookie';
import { maxAgeMs } from '@/lib/auth/login-session';

/** Only server actions can set cookies; the server expires a login session itself, independently of the cookie. */
export async function setLoginCookie(token: string): Promise<void> {
  (await cookies()).set(cookieName(), token, { ...cookieOptions(), maxAge: maxAgeMs / 1000 });
}

export async function dropLoginCookie(): Promise<void> {
  (await cookies()).set(cookieName(), '', { ...cookieOptions(), maxAge: 0 });
}
