import { expect, test, vi } from 'vitest';
import { databaseFile } from '@/lib/db/files';
import { lockInChild } from '@/lib/db/lock-in-child';
import { useTestDatabase } from '@/lib/db/test-database';
import { forget } from '@/lib/remember';
import {
  maxAgeMs,
  findSignedIn,
  idleMs,
  endAnyLoginSession,
  listAllLoginSessions,
  listLoginSessions,
  loginSessionId,
  revokeLoginSession,
  revokeOtherLoginSessions,
  startLoginSession,
} from './login-session';
import { disableUserRow, updateRole } from './store';
import { makeTestUser, testClient } from './test-user';

const { db } = await useTestDatabase();

const current = async (token: string) => {
  const user = await findSignedIn(token);
  if (!user) throw new Error('not signed in');
  return user;
};

test('a token signs its user in; its stored hash does not', async () => {
  const { id, name, token } = await makeTestUser('builder');
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(await findSignedIn(token)).toEqual({
    id,
    name,
    role: 'builder',
    loginSessionId: loginSessionId(token),
    provedAt: expect.any(Number) as number,
  });
  const rows = JSON.stringify(await db.loginSession.findMany());
  expect(rows).not.toContain(token);
  expect(await findSignedIn(loginSessionId(token))).toBeNull();
  expect(await findSignedIn(null)).toBeNull();
  expect(await findSignedIn('A'.repeat(43))).toBeNull();
});

test('twelve hours without being there end it, being there prolongs it, a week ends it anyway', async () => {
  const now = Date.now();
  const { id } = await makeTestUser('viewer');
  const idle = await startLoginSession(id, testClient, now);
  expect(await findSignedIn(idle, { now: now + idleMs })).toBeNull();

  const used = await startLoginSession(id, testClient, now);
  for (let at = now; at < now + maxAgeMs; at += idleMs - 60_000)
    expect(await findSignedIn(used, { now: at })).not.toBeNull();
  expect(await findSignedIn(used, { now: now + maxAgeMs })).toBeNull();
});

test('a clock that is set while the server runs, or is wrong when it starts, signs nobody out for good', async () => {
  const year = 365 * 24 * 3_600_000;
  const { token } = await makeTestUser('viewer');
  const setClock = (byMs: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + byMs });
  const restart = () => forget('process-clock');
  expect(await findSignedIn(token)).not.toBeNull();
  setClock(year);
  expect(await findSignedIn(token), 'a year ahead').not.toBeNull();
  restart();
  const ahead = await makeTestUser('viewer');
  expect(await findSignedIn(ahead.token)).not.toBeNull();
  setClock(-year);
  expect(await findSignedIn(token), 'set right').not.toBeNull();
  restart();
  expect(await findSignedIn(token), 'set right and restarted').not.toBeNull();
  expect(await findSignedIn(ahead.token), 'made a year ahead').toBeNull();

  setClock(2 * year);
  restart();
  expect(await findSignedIn(token), 'started two years ahead').toBeNull();
  setClock(-2 * year);
  expect(await findSignedIn(token), 'set right after that').not.toBeNull();
  setClock(-3_600_000);
  restart();
  expect(await findSignedIn(token), 'an hour back').not.toBeNull();
  vi.useRealTimers();
  restart();
  expect(await findSignedIn(token)).not.toBeNull();
});

test('an open stream does not count as being there', async () => {
  const now = Date.now();
  const { id } = await makeTestUser('viewer');
  const token = await startLoginSession(id, testClient, now);
  expect(await findSignedIn(token, { watch: true, now: now + idleMs - 1 })).not.toBeNull();
  expect(await findSignedIn(token, { now: now + idleMs })).toBeNull();
});

test('a role that changes holds at once; a disabled user is out at once', async () => {
  await makeTestUser('admin');
  const { id, token } = await makeTestUser('builder');
  await updateRole(id, 'viewer');
  expect(await findSignedIn(token)).toMatchObject({ role: 'viewer' });
  await disableUserRow(id, new Date());
  expect(await findSignedIn(token)).toBeNull();
});

test('an unknown role has the permissions of a viewer', async () => {
  const { id, token } = await makeTestUser('admin');
  await db.user.update({ where: { id }, data: { role: 'root' } });
  expect(await findSignedIn(token)).toMatchObject({ role: 'viewer' });
});

test('one sees and ends the own login sessions, and not another’s', async () => {
  const { id, token } = await makeTestUser('viewer');
  const stranger = await makeTestUser('admin');
  const second = await startLoginSession(id, { address: '198.51.100.1', userAgent: 'x'.repeat(1000) });
  const user = await current(token);
  const listed = await listLoginSessions(user);
  expect(listed).toHaveLength(2);
  expect(listed.filter((session) => session.current)).toHaveLength(1);
  expect(listed.find((session) => !session.current)?.userAgent).toHaveLength(300);

  await expect(revokeLoginSession(user, loginSessionId(stranger.token))).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await findSignedIn(stranger.token)).not.toBeNull();
  await revokeLoginSession(user, loginSessionId(second));
  expect(await findSignedIn(second)).toBeNull();
  expect(await findSignedIn(token)).not.toBeNull();
});

test('all others can be ended at once', async () => {
  const { id, token } = await makeTestUser('viewer');
  const others = [await startLoginSession(id, testClient), await startLoginSession(id, testClient)];
  expect(await revokeOtherLoginSessions(await current(token))).toBe(2);
  for (const other of others) expect(await findSignedIn(other)).toBeNull();
  expect(await findSignedIn(token)).not.toBeNull();
});

test('who is signed in is read also while nothing can be written', async () => {
  const { id, token } = await makeTestUser('builder');
  const { released } = await lockInChild(databaseFile(), 3000);
  const begun = performance.now();
  const later = Date.now() + 5 * 60_000;
  expect(await findSignedIn(token, { now: later })).toMatchObject({ id });
  expect(await findSignedIn(token, { now: later + maxAgeMs })).toBeNull();
  expect(performance.now() - begun).toBeLessThan(1500);
  await released;
});

test('an administrator sees the login sessions of all users, and ends any of them', async () => {
  const admin = await makeTestUser('admin');
  const builder = await makeTestUser('builder');
  const user = await current(admin.token);
  const listed = await listAllLoginSessions(user);
  expect(listed.map(({ userName }) => userName)).toEqual(expect.arrayContaining([admin.name, builder.name]));
  expect(listed.filter((session) => session.current).map(({ userName }) => userName)).toEqual([admin.name]);
  await endAnyLoginSession(loginSessionId(builder.token));
  expect(await findSignedIn(builder.token)).toBeNull();
  await expect(endAnyLoginSession(loginSessionId(builder.token))).rejects.toMatchObject({
    code: 'not_found',
  });
});
