import { expect, test } from 'vitest';
import type { Visitor } from '@/lib/commands/caller';
import { runCommand } from '@/lib/commands/run-command';
import { useTestDatabase } from '@/lib/db/test-database';
import { signIn, signOut } from './commands';
import { findSignedIn } from './login-session';
import { testClient } from './test-user';
import { addUser } from './users';

await useTestDatabase();
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
