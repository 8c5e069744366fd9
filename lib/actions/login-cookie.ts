import 'server-only';
import { cookies } from 'next/headers';
import { cookieName, cookieOptions } from '@/lib/auth/cookie';
import { absoluteLimit } from '@/lib/auth/login-session';

/** Only server actions may write cookies; the server ends a login session by itself, whatever the browser keeps. */
export async function setLoginCookie(token: string): Promise<void> {
  (await cookies()).set(cookieName(), token, { ...cookieOptions(), maxAge: absoluteLimit / 1000 });
}

export async function dropLoginCookie(): Promise<void> {
  (await cookies()).set(cookieName(), '', { ...cookieOptions(), maxAge: 0 });
}
