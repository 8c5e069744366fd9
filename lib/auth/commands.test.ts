import { expect, test } from 'vitest';
import type { Visitor } from '@/lib/commands/caller';
import { runCommand } from '@/lib/commands/run-command';
import { useTestDatabase } from '@/lib/db/test-database';
import { signIn, signOut } from './commands';
import { findSignedIn } from './login-session';
import { testClient } from './test-user';
import { addUser } from './users';

const { db } = await useTestDatabase();
const password = 'stone bridge violet';
await addUser({ name: 'ada', role: 'builder', password, again: password });

const callerOf = async (token: string | null): Promise<Visitor> => ({
  user: await findSignedIn(token),
  client: testClient,
  signal: new AbortController().signal,
  body: null,
});

test('signing in again ends the login session that the browser had, and signing out ends the last', async () => {
  const input = () => ({ name: 'ada', password });
  const { token: first } = await runCommand(signIn, await callerOf(null), input);
  const { token: second } = await runCommand(signIn, await callerOf(first), input);
  expect(await findSignedIn(first)).toBeNull();
  await runCommand(signOut, await callerOf(second), () => undefined);
  expect(await findSignedIn(second)).toBeNull();
  expect(await runCommand(signOut, await callerOf(second), () => undefined)).toBeUndefined();
});

test('signing in is in the audit log, done and denied, with the name of a user only', async () => {
  const attempts = [
    { name: 'ada', password },
    { name: 'ada', password: 'a wrong password' },
    { name: 'my secret password', password: 'ada' },
  ];
  const from = await db.auditEntry.count();
  for (const input of attempts)
    await runCommand(signIn, await callerOf(null), () => input).catch((error: unknown) =>
      expect(error).toMatchObject({ code: 'unauthenticated' }),
    );
  const rows = await db.auditEntry.findMany({ where: { seq: { gt: from }, outcome: { not: 'asked' } } });
  expect(rows.map((row) => `${row.command} ${row.target} ${row.outcome} ${row.address}`)).toEqual([
    `account.sign-in user=ada done ${testClient.address}`,
    `account.sign-in user=ada denied ${testClient.address}`,
    `account.sign-in user unknown denied ${testClient.address}`,
  ]);
  const log = JSON.stringify(await db.auditEntry.findMany());
  for (const secret of [password, 'wrong', 'my secret']) expect(log).not.toContain(secret);
});
