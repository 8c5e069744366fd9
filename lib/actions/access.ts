import 'server-only';
import { tokenOf } from '@/lib/auth/cookie';
import { findSignedIn } from '@/lib/auth/login-session';
import { can, type Permission } from '@/lib/auth/permissions';
import { checkHost, checkOrigin, clientAddress } from '@/lib/auth/request';
import type { CurrentUser } from '@/lib/auth/schema';
import { AppError } from '@/lib/errors';

/** What may be done without signing in says why. */
export type Access = { permission: Permission } | { permission: 'public'; because: string };

export type UserOf<A extends Access> = A extends { permission: Permission }
  ? CurrentUser
  : CurrentUser | null;

export interface Client {
  address: string;
  userAgent: string;
}

export interface Caller<A extends Access> {
  user: UserOf<A>;
  client: Client;
}

/** Host, then origin, then who it is, then whether they may: in this order, everywhere. */
export async function requireAccess<A extends Access>(
  access: A,
  headers: Headers,
  method: string,
): Promise<Caller<A>> {
  checkOrigin(headers, method, checkHost(headers));
  const user = await findSignedIn(tokenOf(headers.get('cookie')));
  if (access.permission !== 'public') {
    if (!user) throw new AppError('unauthenticated');
    if (!can(user, access.permission)) throw new AppError('forbidden');
  }
  const client = { address: clientAddress(headers), userAgent: headers.get('user-agent') ?? '' };
  return { user: user as UserOf<A>, client };
}
