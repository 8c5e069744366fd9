import 'server-only';
import type { CurrentUser } from '@/lib/commands/caller';
import type { Role } from '@/lib/commands/roles';
import { AppError } from '@/lib/errors';
import { newId, type UserId } from '@/lib/ids';
import { startLoginSession } from './login-session';
import { hashPassword, verifyPassword } from './password';
import { passwordProblem } from './password-policy';
import { countAttempt } from './rate-limit';
import type { UserSummary } from './schema';
import {
  deleteLoginSessionsOf,
  deleteUserRow,
  disableUserRow,
  enableUserRow,
  findUser,
  insertUser,
  listUserRows,
  updatePasswordHash,
  updateRole,
} from './store';

export async function listUsers(): Promise<UserSummary[]> {
  return (await listUserRows()).map((row) => ({
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: row.createdAt.getTime(),
    disabledAt: row.disabledAt?.getTime() ?? null,
    lastSeenAt: row.loginSessions[0]?.lastSeenAt.getTime() ?? null,
  }));
}

export function checkNewPassword(input: { password: string; again: string }, userName: string): void {
  const problem = passwordProblem(input.password, userName);
  if (problem) throw new AppError('invalid_input', undefined, { fields: { password: problem } });
  if (input.password !== input.again)
    throw new AppError('invalid_input', undefined, { fields: { again: 'The passwords do not match.' } });
}

export async function addUser(input: {
  name: string;
  role: Role;
  password: string;
  again: string;
}): Promise<string> {
  checkNewPassword(input, input.name);
  const id = newId();
  const passwordHash = await hashPassword(input.password);
  if (!(await insertUser({ id, name: input.name, role: input.role, passwordHash })))
    throw new AppError('invalid_input', undefined, {
      fields: { name: 'A user with this name already exists.' },
    });
  return id;
}

async function explainRefusal(id: UserId): Promise<never> {
  if (!(await findUser(id))) throw new AppError('not_found', 'This user was deleted in the meantime.');
  throw new AppError('conflict', 'This is the last administrator. Nothing was changed.', {
    hint: 'Make another user an administrator first.',
  });
}

function refuseSelf(actor: CurrentUser, id: UserId, what: string): void {
  if (actor.id === id)
    throw new AppError('conflict', `You cannot ${what} the account that you are signed in with.`, {
      hint: 'Ask another administrator to do it.',
    });
}

export async function changeRole(id: UserId, role: Role): Promise<void> {
  if (!(await updateRole(id, role))) await explainRefusal(id);
}

/** Ends the user's login sessions; their operations continue. */
export async function disableUser(actor: CurrentUser, id: UserId): Promise<void> {
  refuseSelf(actor, id, 'disable');
  if (!(await disableUserRow(id, new Date()))) await explainRefusal(id);
  await deleteLoginSessionsOf(id);
}

export async function enableUser(id: UserId): Promise<void> {
  if (!(await enableUserRow(id))) await explainRefusal(id);
}

export async function deleteUser(actor: CurrentUser, id: UserId): Promise<void> {
  refuseSelf(actor, id, 'delete');
  if (!(await deleteUserRow(id))) await explainRefusal(id);
}

/** For a user who forgot the password. Ends their login sessions. */
export async function resetPassword(
  actor: CurrentUser,
  input: { id: UserId; password: string; again: string },
): Promise<void> {
  refuseSelf(actor, input.id, 'reset the password of');
  const user = await findUser(input.id);
  if (!user) throw new AppError('not_found', 'This user was deleted in the meantime.');
  checkNewPassword(input, user.name);
  await updatePasswordHash(user.id, await hashPassword(input.password));
  await deleteLoginSessionsOf(user.id);
}

/** Ends all of the user's login sessions and creates a new one here: the old cookie becomes invalid. */
export async function changePassword(
  user: CurrentUser,
  input: { current: string; password: string; again: string },
  client: { address: string; userAgent: string },
): Promise<{ token: string; ended: number }> {
  const succeeded = countAttempt(`change ${user.id}`, client.address);
  const row = await findUser(user.id);
  if (!row || !(await verifyPassword(input.current, row.passwordHash)))
    throw new AppError('invalid_input', undefined, { fields: { current: 'This is not your password.' } });
  succeeded();
  checkNewPassword(input, row.name);
  await updatePasswordHash(user.id, await hashPassword(input.password));
  const ended = await deleteLoginSessionsOf(user.id);
  return { token: await startLoginSession(user.id, client), ended: ended - 1 };
}
