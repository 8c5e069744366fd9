import { statSync, writeFileSync, readFileSync, existsSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { forget } from '@/lib/remember';
import { findSignedIn } from './login-session';
import { announceSetup, completeSetup, isSetupOpen } from './setup';
import { dropSetupToken, setupTokenFile } from './setup-token';
import { makeTestUser, testClient } from './test-user';

const { db } = await useTestDatabase();
const form = { name: 'boss', password: 'stone bridge violet', again: 'stone bridge violet' };
const announce = async () => (await announceSetup(() => undefined)) ?? '';
const tokenOf = (link: string) => link.split('#')[1]!;

beforeEach(async () => {
  await db.user.deleteMany();
  dropSetupToken();
  forget('sign-in-limits');
});

test('the link is printed once per start, the same until used, and its code is in a file for the owner only', async () => {
  const lines: string[] = [];
  const link = await announceSetup((line) => lines.push(line));
  expect(lines).toEqual([`Set-up link: ${link}`]);
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup#[\w-]{27}$/);
  expect(await announce()).toBe(link);
  expect(statSync(setupTokenFile()).mode & 0o777).toBe(0o600);
});

test('the code makes one administrator, signed in, and closes the set-up', async () => {
  const token = tokenOf(await announce());
  const login = await completeSetup({ ...form, token }, testClient);
  expect(await findSignedIn(login)).toMatchObject({ name: 'boss', role: 'admin' });
  expect(await isSetupOpen()).toBe(false);
  expect(existsSync(setupTokenFile())).toBe(false);
  expect(await announceSetup()).toBeNull();
  await expect(completeSetup({ ...form, name: 'two', token }, testClient)).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('of two at once exactly one becomes the administrator', async () => {
  const token = tokenOf(await announce());
  const results = await Promise.allSettled(
    ['one', 'two', 'three'].map((name) => completeSetup({ ...form, name, token }, testClient)),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(await db.user.count()).toBe(1);
});

test('no code, a wrong one, and one of a link that was never printed are refused', async () => {
  await expect(completeSetup({ ...form, token: 'x' }, testClient)).rejects.toMatchObject({
    code: 'forbidden',
  });
  const token = tokenOf(await announce());
  for (const wrong of ['', `${token}x`, token.toLowerCase(), token.slice(1)])
    await expect(completeSetup({ ...form, token: wrong }, testClient)).rejects.toMatchObject({
      code: 'forbidden',
    });
  expect(await isSetupOpen()).toBe(true);
});

test('a day later the code is refused, and the next start makes a new one', async () => {
  const token = tokenOf(await announce());
  const stored = JSON.parse(readFileSync(setupTokenFile(), 'utf8')) as object;
  writeFileSync(setupTokenFile(), JSON.stringify({ ...stored, expiresAt: Date.now() }));
  await expect(completeSetup({ ...form, token }, testClient)).rejects.toMatchObject({
    message: expect.stringContaining('more than a day old') as string,
  });
  expect(tokenOf(await announce())).not.toBe(token);
});

test('a bad password keeps the code good', async () => {
  const token = tokenOf(await announce());
  const bad = completeSetup({ ...form, password: 'short', again: 'short', token }, testClient);
  await expect(bad).rejects.toMatchObject({ fields: { password: expect.any(String) as string } });
  await completeSetup({ ...form, token }, testClient);
});

test('guessing codes is slowed down', async () => {
  await announce();
  const codes: string[] = [];
  for (let i = 0; i < 8; i++)
    await completeSetup({ ...form, token: `guess${i}` }, testClient).catch((error: { code: string }) =>
      codes.push(error.code),
    );
  expect(codes.slice(0, 5)).toEqual(Array(5).fill('forbidden'));
  expect(codes.at(-1)).toBe('rate_limited');
});

test('with a user there is no set-up, whatever the file says', async () => {
  const token = tokenOf(await announce());
  await makeTestUser('viewer');
  await expect(completeSetup({ ...form, token }, testClient)).rejects.toMatchObject({ code: 'not_found' });
});
