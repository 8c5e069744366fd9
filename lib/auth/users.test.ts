import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { forget } from '@/lib/remember';
import { findSignedIn } from './login-session';
import { signIn } from './sign-in';
import type { CurrentUser } from '@/lib/commands/caller';
import { makeTestUser, testClient } from './test-user';
import {
  addUser,
  changePassword,
  changeRole,
  deleteUser,
  disableUser,
  enableUser,
  listUsers,
  resetPassword,
} from './users';

const { db } = await useTestDatabase();
const password = 'stone bridge violet';
const twice = (text: string) => ({ password: text, again: text });

const asCurrent = async (token: string): Promise<CurrentUser> => (await findSignedIn(token))!;

beforeEach(async () => {
  await db.user.deleteMany();
  forget('sign-in-limits');
});

test('the last administrator can be neither demoted nor disabled nor deleted', async () => {
  const boss = await makeTestUser('admin');
  const other = await makeTestUser('admin');
  await disableUser(await asCurrent(boss.token), other.id);
  const actor = { ...(await asCurrent(boss.token)), id: 'someone-else' };
  const last = expect.objectContaining({
    code: 'conflict',
    message: expect.stringContaining('last administrator') as string,
  });
  await expect(changeRole(boss.id, 'viewer')).rejects.toEqual(last);
  await expect(disableUser(actor, boss.id)).rejects.toEqual(last);
  await expect(deleteUser(actor, boss.id)).rejects.toEqual(last);
  await changeRole(boss.id, 'admin');
  await enableUser(other.id);
  await changeRole(boss.id, 'viewer');
  expect((await listUsers()).map((user) => [user.id, user.role])).toContainEqual([boss.id, 'viewer']);
});

test('of two administrators who demote each other concurrently, one remains', async () => {
  const one = await makeTestUser('admin');
  const two = await makeTestUser('admin');
  const results = await Promise.allSettled([changeRole(one.id, 'viewer'), changeRole(two.id, 'viewer')]);
  expect(results.filter((result) => result.status === 'rejected')).toHaveLength(1);
  expect((await listUsers()).filter((user) => user.role === 'admin')).toHaveLength(1);
});

test('users cannot disable or delete their own account', async () => {
  await makeTestUser('admin');
  const boss = await makeTestUser('admin');
  const actor = await asCurrent(boss.token);
  for (const work of [disableUser, deleteUser])
    await expect(work(actor, boss.id)).rejects.toMatchObject({ code: 'conflict' });
});

test('a disabled user is signed out, cannot sign in, and can again when enabled', async () => {
  const boss = await makeTestUser('admin');
  const id = await addUser({ name: 'ada', role: 'builder', ...twice(password) });
  const token = await signIn({ name: 'ada', password }, testClient, null);
  await disableUser(await asCurrent(boss.token), id);
  expect(await findSignedIn(token)).toBeNull();
  expect((await listUsers()).find((user) => user.id === id)?.disabledAt).toBeGreaterThan(Date.now() - 60_000);
  await expect(signIn({ name: 'ada', password }, testClient, null)).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  await enableUser(id);
  await signIn({ name: 'ada', password }, testClient, null);
});

test('deleting a user ends their login sessions', async () => {
  const boss = await makeTestUser('admin');
  const victim = await makeTestUser('builder');
  await deleteUser(await asCurrent(boss.token), victim.id);
  expect(await findSignedIn(victim.token)).toBeNull();
  expect(await db.loginSession.count({ where: { userId: victim.id } })).toBe(0);
  await expect(deleteUser(await asCurrent(boss.token), victim.id)).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(changeRole(victim.id, 'viewer')).rejects.toMatchObject({ code: 'not_found' });
});

test('a taken name and a bad password are field errors', async () => {
  await addUser({ name: 'ada', role: 'viewer', ...twice(password) });
  const fieldsOf = (input: Parameters<typeof addUser>[0]) =>
    addUser(input).then(
      () => undefined,
      (error: { fields?: Record<string, string> }) => Object.keys(error.fields ?? {}),
    );
  expect(await fieldsOf({ name: 'ada', role: 'viewer', ...twice(password) })).toEqual(['name']);
  expect(await fieldsOf({ name: 'bob', role: 'viewer', ...twice('short') })).toEqual(['password']);
  expect(await fieldsOf({ name: 'bob', role: 'viewer', password, again: 'another one' })).toEqual(['again']);
});

test('a changed password ends every login session, also the old one here, and a new one begins', async () => {
  await addUser({ name: 'ada', role: 'viewer', ...twice(password) });
  const here = await signIn({ name: 'ada', password }, testClient, null);
  const there = await signIn({ name: 'ada', password }, testClient, null);
  const user = await asCurrent(here);
  await expect(
    changePassword(user, { current: 'wrong', ...twice('other words here') }, testClient),
  ).rejects.toMatchObject({
    fields: { current: 'This is not your password.' },
  });
  const { token, ended } = await changePassword(
    user,
    { current: password, ...twice('other words here') },
    testClient,
  );
  expect(ended).toBe(1);
  expect(await findSignedIn(here)).toBeNull();
  expect(await findSignedIn(there)).toBeNull();
  expect(await findSignedIn(token)).toMatchObject({ name: 'ada' });
  await expect(signIn({ name: 'ada', password }, testClient, null)).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

test('an administrator sets a new password for another, who is signed out', async () => {
  const boss = await makeTestUser('admin');
  const id = await addUser({ name: 'ada', role: 'viewer', ...twice(password) });
  const token = await signIn({ name: 'ada', password }, testClient, null);
  const actor = await asCurrent(boss.token);
  await resetPassword(actor, { id, ...twice('other words here') });
  expect(await findSignedIn(token)).toBeNull();
  await signIn({ name: 'ada', password: 'other words here' }, testClient, null);
  await expect(resetPassword(actor, { id: boss.id, ...twice('other words here') })).rejects.toMatchObject({
    code: 'conflict',
  });
});
