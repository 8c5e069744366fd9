import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { forget } from '@/lib/remember';
import { findSignedIn, loginSessionId } from './login-session';
import { provePassword, signIn, signOut } from './sign-in';
import { updateProof } from './store';
import { testClient } from './test-user';
import { addUser } from './users';

await useTestDatabase();
const password = 'stone bridge violet';
await addUser({ name: 'ada', role: 'builder', password, again: password });

const attempt = (name: string, given: string, address = testClient.address) =>
  signIn({ name, password: given }, { ...testClient, address }, null).then(
    () => 'in',
    (error: { code: string }) => error.code,
  );

// On a slow machine the buckets must not refill while a test empties them.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  ['sign-in-limits', 'known-places'].forEach(forget);
});

afterEach(() => vi.useRealTimers());

test('signing in always makes a new token, and the one before is dead', async () => {
  const first = await signIn({ name: 'ada', password }, testClient, null);
  const second = await signIn({ name: 'ada', password }, testClient, loginSessionId(first));
  expect(second).not.toBe(first);
  expect(await findSignedIn(first)).toBeNull();
  expect(await findSignedIn(second)).toMatchObject({ name: 'ada' });
  await signOut(loginSessionId(second));
  expect(await findSignedIn(second)).toBeNull();
});

test('a wrong password and an unknown user are answered alike', async () => {
  const messages = await Promise.all(
    ['ada', 'nobody'].map((name) =>
      signIn({ name, password: 'wrong words here' }, testClient, null).catch((error: Error) => error.message),
    ),
  );
  expect(messages[0]).toBe(messages[1]);
});

test('the sixth guess at an account must wait, from any address', async () => {
  for (let i = 0; i < 5; i++) expect(await attempt('ada', 'wrong', `192.0.2.${i}`)).toBe('unauthenticated');
  expect(await attempt('ada', 'wrong', '192.0.2.99')).toBe('rate_limited');
  expect(await attempt('ada', password, '192.0.2.100')).toBe('rate_limited');
});

test('one password tried at fifty accounts is stopped by the address', async () => {
  const answers: string[] = [];
  for (let i = 0; i < 50; i++) answers.push(await attempt(`user${i}`, 'wrong'));
  expect(answers).toEqual([...Array(20).fill('unauthenticated'), ...Array(30).fill('rate_limited')]);
});

test('the owner is not locked out by others’ guesses', async () => {
  expect(await attempt('ada', password, '198.51.100.1')).toBe('in');
  for (let i = 0; i < 8; i++) await attempt('ada', 'wrong', `192.0.2.${i}`);
  expect(await attempt('ada', password, '203.0.113.1')).toBe('rate_limited');
  expect(await attempt('ada', password, '198.51.100.1')).toBe('in');
});

test('the password can be proved again, and a wrong one counts as at sign-in', async () => {
  const token = await signIn({ name: 'ada', password }, testClient, null);
  const before = (await findSignedIn(token))!;
  await updateProof(before.loginSessionId, new Date(0));
  expect((await findSignedIn(token))!.provedAt).toBe(0);
  await provePassword(before, password, testClient);
  const after = (await findSignedIn(token))!;
  expect(after.provedAt).toBeGreaterThanOrEqual(before.provedAt);
  const prove = (given: string) =>
    provePassword(after, given, testClient).catch((error: { code: string; fields?: object }) => [
      error.code,
      error.fields,
    ]);
  const wrong = ['forbidden', { password: 'This is not your password.' }];
  for (let i = 0; i < 5; i++) expect(await prove('wrong')).toEqual(wrong);
  expect(await prove(password)).toEqual(['rate_limited', undefined]);
  expect(await attempt('ada', password)).toBe('rate_limited');
  expect((await findSignedIn(token))!.provedAt).toBe(after.provedAt);
});
