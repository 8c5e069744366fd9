import 'server-only';
import { tokenOf } from '@/lib/auth/cookie';
import { findSignedIn } from '@/lib/auth/login-session';
import { can, type Permission } from '@/lib/auth/permissions';
import { checkHost, checkOrigin, clientAddress } from '@/lib/auth/request';
import type { CurrentUser } from '@/lib/auth/schema';
import { AppError } from '@/lib/errors';

/** A permission, or `public` for what may be done without signing in. */
export type Needs = Permission | 'public';

/** What is public says why. */
export type Access<N extends Needs> = { permission: N } & (N extends 'public'
  ? { because: string }
  : unknown);

/** Who may call it; for the test that walks all of them. */
export interface Guarded {
  readonly permission: Needs;
  readonly because?: string;
}

export const guardOf = ({ permission, because }: { permission: Needs; because?: string }): Guarded =>
  because === undefined ? { permission } : { permission, because };

export interface Client {
  address: string;
  userAgent: string;
}

export interface Caller<N extends Needs> {
  user: N extends 'public' ? CurrentUser | null : CurrentUser;
  client: Client;
}

/** Host, then origin, then who it is, then whether they may: in this order, everywhere. */
export async function requireAccess<N extends Needs>(
  needs: N,
  headers: Headers,
  method: string,
): Promise<Caller<N>> {
  checkOrigin(headers, method, checkHost(headers));
  const user = await findSignedIn(tokenOf(headers.get('cookie')));
  if (needs !== 'public') {
    if (!user) throw new AppError('unauthenticated');
    if (!can(user, needs)) throw new AppError('forbidden');
  }
  const client = { address: clientAddress(headers), userAgent: headers.get('user-agent') ?? '' };
  return { user: user as Caller<N>['user'], client };
}
