'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { action } from '@/lib/actions/inline';
import { formAction } from '@/lib/actions/inline';
import { dropLoginCookie, readLoginToken, setLoginCookie } from '@/lib/actions/login-cookie';
import { revokeLoginSession, revokeOtherLoginSessions } from '@/lib/auth/login-session';
import {
  addUserInput,
  changePasswordInput,
  changeRoleInput,
  loginSessionIdInput,
  resetPasswordInput,
  userIdInput,
} from '@/lib/auth/schema';
import { signOut as endLoginSession } from '@/lib/auth/sign-in';
import * as users from '@/lib/auth/users';

const accountPage = '/settings/account';
const usersPage = '/settings/users';

export const signOut = action({
  permission: 'public',
  because: 'Signing out also works when the login session is already over.',
  run: async () => {
    await endLoginSession(await readLoginToken());
    await dropLoginCookie();
    redirect('/login?why=signed-out');
  },
});

export const changePassword = formAction({
  permission: 'account:edit',
  input: changePasswordInput,
  run: async (input, { user, client }) => {
    const { token, ended } = await users.changePassword(user, input, client);
    await setLoginCookie(token);
    revalidatePath(accountPage);
    return { ended };
  },
});

export const endOneLoginSession = formAction({
  permission: 'account:edit',
  input: loginSessionIdInput,
  run: async ({ id }, { user }) => {
    await revokeLoginSession(user, id);
    revalidatePath(accountPage);
  },
});

export const endOtherLoginSessions = action({
  permission: 'account:edit',
  run: async (_input, { user }) => {
    const ended = await revokeOtherLoginSessions(user);
    revalidatePath(accountPage);
    return { ended };
  },
});

export const addUser = formAction({
  permission: 'user:edit',
  input: addUserInput,
  run: async (input) => {
    await users.addUser(input);
    revalidatePath(usersPage);
    return { name: input.name };
  },
});

export const changeRole = action({
  permission: 'user:edit',
  input: changeRoleInput,
  run: async ({ id, role }) => {
    await users.changeRole(id, role);
    revalidatePath(usersPage);
  },
});

export const disableUser = action({
  permission: 'user:edit',
  input: userIdInput,
  run: async ({ id }, { user }) => {
    await users.disableUser(user, id);
    revalidatePath(usersPage);
  },
});

export const enableUser = action({
  permission: 'user:edit',
  input: userIdInput,
  run: async ({ id }) => {
    await users.enableUser(id);
    revalidatePath(usersPage);
  },
});

export const deleteUser = action({
  permission: 'user:edit',
  input: userIdInput,
  run: async ({ id }, { user }) => {
    await users.deleteUser(user, id);
    revalidatePath(usersPage);
  },
});

export const resetPassword = formAction({
  permission: 'user:edit',
  input: resetPasswordInput,
  run: async (input, { user }) => {
    await users.resetPassword(user, input);
    revalidatePath(usersPage);
  },
});
