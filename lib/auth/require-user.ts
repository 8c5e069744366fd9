import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { cookieName, parseToken } from './cookie';
import { findSignedIn } from './login-session';
import { can, type Permission } from '@/lib/commands/permissions';
import { checkHost } from './request';
import type { CurrentUser } from '@/lib/commands/caller';

/** Uses cookies(), not the header: it includes cookies set by the action that renders this page. */
const readToken = async () => parseToken((await cookies()).get(cookieName())?.value);

/** The user of this request, read once per request. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  checkHost(await headers());
  return findSignedIn(await readToken());
});

/** For pages and layouts: redirects to the login page if nobody is signed in. */
export async function requireUser(): Promise<CurrentUser> {
  const user = await currentUser();
  if (user) return user;
  const query = new URLSearchParams();
  // Set by proxy.ts, for convenience only: without it, the login leads to the overview.
  const path = (await headers()).get('x-layerwright-path');
  if (path && path !== '/') query.set('from', path);
  if (await readToken()) query.set('why', 'expired');
  redirect(query.size ? `/login?${query}` : '/login');
}

/** For pages: the signed-in user, who must have the permission. */
export async function requirePermission(permission: Permission): Promise<CurrentUser> {
  const user = await requireUser();
  if (!can(user, permission)) redirect(`/forbidden?needs=${encodeURIComponent(permission)}`);
  return user;
}
