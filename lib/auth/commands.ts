import 'server-only';
import { z } from 'zod';
import { command, noOutput } from '@/lib/commands/command';
import { endAnyLoginSession, revokeLoginSession, revokeOtherLoginSessions } from './login-session';
import {
  addUserInput,
  changePasswordInput,
  changeRoleInput,
  confirmPasswordInput,
  loginSessionIdInput,
  resetPasswordInput,
  setUpInput,
  signInInput,
  userIdInput,
} from './schema';
import { completeSetup } from './setup';
import { provePassword, signIn as startSignIn, signOut as endLoginSession } from './sign-in';
import { findUserByName } from './store';
import * as users from './users';

/** The cookie's value: the token of a new login session. */
const login = z.object({ token: z.string() });

const describeUser = (name: string) => `user=${name}`;

/** Passwords are typed as user names by mistake: only names of users are written down. */
const nameIfKnown = async ({ name }: { name: string }) =>
  (await findUserByName(name)) ? describeUser(name) : 'user unknown';

export const setUp = command({
  name: 'account.set-up',
  permission: 'public',
  because: 'There is no account yet; the code of the set-up link authorizes it.',
  audit: ({ name }) => describeUser(name),
  input: setUpInput,
  output: login,
  run: async (input, { client }) => ({ token: await completeSetup(input, client) }),
});

export const signIn = command({
  name: 'account.sign-in',
  permission: 'public',
  because: 'Signing in has no user yet.',
  audit: nameIfKnown,
  onFullDisk: 'reserve', // who frees space has to get in
  input: signInInput,
  output: login,
  run: async (input, { user, client }) => ({
    token: await startSignIn(input, client, user?.loginSessionId ?? null),
  }),
});

export const signOut = command({
  name: 'account.sign-out',
  permission: 'public',
  because: 'Signing out also works after the login session has ended.',
  output: noOutput,
  run: (_input, { user }) => (user ? endLoginSession(user.loginSessionId) : undefined),
});

export const confirmPassword = command({
  name: 'account.confirm-password',
  permission: 'account:edit',
  onFullDisk: 'reserve', // cleaning up needs it
  input: confirmPasswordInput,
  output: noOutput,
  run: ({ password }, { user, client }) => provePassword(user, password, client),
});

export const changePassword = command({
  name: 'account.change-password',
  permission: 'account:edit',
  input: changePasswordInput,
  /** `ended`: number of other login sessions. */
  output: login.extend({ ended: z.number() }),
  run: (input, { user, client }) => users.changePassword(user, input, client),
});

export const endOneLoginSession = command({
  name: 'account.end-login-session',
  permission: 'account:edit',
  input: loginSessionIdInput,
  output: noOutput,
  run: ({ id }, { user }) => revokeLoginSession(user, id),
});

export const endOtherLoginSessions = command({
  name: 'account.end-other-login-sessions',
  permission: 'account:edit',
  output: z.object({ ended: z.number() }),
  run: async (_input, { user }) => ({ ended: await revokeOtherLoginSessions(user) }),
});

export const endUserLoginSession = command({
  name: 'user.end-login-session',
  permission: 'user:edit',
  dangerous: true,
  input: loginSessionIdInput,
  output: noOutput,
  run: ({ id }) => endAnyLoginSession(id),
});

export const addUser = command({
  name: 'user.add',
  permission: 'user:edit',
  dangerous: true,
  input: addUserInput,
  output: z.object({ name: z.string() }),
  run: async (input) => {
    await users.addUser(input);
    return { name: input.name };
  },
});

export const changeRole = command({
  name: 'user.change-role',
  permission: 'user:edit',
  dangerous: true,
  input: changeRoleInput,
  output: noOutput,
  run: ({ id, role }) => users.changeRole(id, role),
});

export const disableUser = command({
  name: 'user.disable',
  permission: 'user:edit',
  dangerous: true,
  input: userIdInput,
  output: noOutput,
  run: ({ id }, { user }) => users.disableUser(user, id),
});

export const enableUser = command({
  name: 'user.enable',
  permission: 'user:edit',
  dangerous: true,
  input: userIdInput,
  output: noOutput,
  run: ({ id }) => users.enableUser(id),
});

export const deleteUser = command({
  name: 'user.delete',
  permission: 'user:edit',
  dangerous: true,
  input: userIdInput,
  output: noOutput,
  run: ({ id }, { user }) => users.deleteUser(user, id),
});

export const resetPassword = command({
  name: 'user.reset-password',
  permission: 'user:edit',
  dangerous: true,
  input: resetPasswordInput,
  output: noOutput,
  run: (input, { user }) => users.resetPassword(user, input),
});
