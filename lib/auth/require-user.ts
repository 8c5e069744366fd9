import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { tokenOf } from './cookie';
import { findSignedIn } from './login-session';
import { can, type Permission } from './permissions';
import { checkHost } from './request';
import type { CurrentUser } from './schema';

/** The user of this request, read once for all of its page's parts. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const all = await headers();
  checkHost(all);
  return findSignedIn(tokenOf(all.get('cookie')));
});

/** For pages and layouts: whoever is not signed in is sent to sign in. */
export async function requireUser(): Promise<CurrentUser> {
  const user = await currentUser();
  if (user) return user;
  const all = await headers();
  const query = new URLSearchParams();
  // Set by proxy.ts, a convenience only: without it one lands on the overview.
  const path = all.get('x-layerwright-path');
  if (path && path !== '/') query.set('from', path);
  if (tokenOf(all.get('cookie'))) query.set('why', 'expired');
  redirect(query.size ? `/login?${query}` : '/login');
}

/** For pages: the signed-in user, who may do this. */
export async function requirePermission(permission: Permission): Promise<CurrentUser> {
  const user = await requireUser();
  if (!can(user, permission)) redirect(`/forbidden?needs=${encodeURIComponent(permission)}`);
  return user;
}
