import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { cookieName, parseToken } from './cookie';
import { findSignedIn } from './login-session';
import { can, type Permission } from '@/lib/commands/permissions';
import { checkHost } from './request';
import type { CurrentUser } from '@/lib/commands/caller';

/** By cookies(), not by the header: what an action sets holds already for the page that it answers with. */
const readToken = async () => parseToken((await cookies()).get(cookieName())?.value);

/** The user of this request, read once for all of its page's parts. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  checkHost(await headers());
  return findSignedIn(await readToken());
});

/** For pages and layouts: whoever is not signed in is sent to sign in. */
export async function requireUser(): Promise<CurrentUser> {
  const user = await currentUser();
  if (user) return user;
  const query = new URLSearchParams();
  // Set by proxy.ts, a convenience only: without it one lands on the overview.
  const path = (await headers()).get('x-layerwright-path');
  if (path && path !== '/') query.set('from', path);
  if (await readToken()) query.set('why', 'expired');
  redirect(query.size ? `/login?${query}` : '/login');
}

/** For pages: the signed-in user, who may do this. */
export async function requirePermission(permission: Permission): Promise<CurrentUser> {
  const user = await requireUser();
  if (!can(user, permission)) redirect(`/forbidden?needs=${encodeURIComponent(permission)}`);
  return user;
}
