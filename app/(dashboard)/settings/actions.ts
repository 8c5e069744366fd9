'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { action } from '@/lib/actions/action';
import { formAction } from '@/lib/actions/form-action';
import { dropLoginCookie, setLoginCookie } from '@/lib/actions/login-cookie';
import { revalidated } from '@/lib/actions/refreshed';
import * as accounts from '@/lib/auth/commands';

const accountPage = '/settings/account';
const usersPage = '/settings/users';

export const signOut = action(accounts.signOut, async () => {
  await dropLoginCookie();
  redirect('/login?why=signed-out');
});

export const confirmPassword = action(accounts.confirmPassword);

export const changePassword = formAction(accounts.changePassword, async ({ token, ended }) => {
  await setLoginCookie(token);
  revalidatePath(accountPage);
  return { ended };
});

export const endOneLoginSession = formAction(accounts.endOneLoginSession, revalidated(accountPage));
export const endOtherLoginSessions = action(accounts.endOtherLoginSessions, revalidated(accountPage));

export const endUserLoginSession = formAction(accounts.endUserLoginSession, revalidated(usersPage));

export const addUser = formAction(accounts.addUser, revalidated(usersPage));
export const changeRole = action(accounts.changeRole, revalidated(usersPage));
export const disableUser = action(accounts.disableUser, revalidated(usersPage));
export const enableUser = action(accounts.enableUser, revalidated(usersPage));
export const deleteUser = action(accounts.deleteUser, revalidated(usersPage));
export const resetPassword = formAction(accounts.resetPassword, revalidated(usersPage));
