import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { useTestDatabase } from '@/lib/db/test-database';
import type { Visitor } from './caller';
import { command, query } from './command';
import { proofMs } from './proof';
import { askIfAllowed, runCommand } from './run-command';
import type { Role } from './roles';

await useTestDatabase();

const caller = (role: Role | null): Visitor => ({
  user: role && { id: 'u1', name: 'ada', role, loginSessionId: 's1', provedAt: Date.now() },
  client: { address: '192.0.2.1', userAgent: 'test' },
  signal: new AbortController().signal,
  body: null,
});

const run = vi.fn(({ name }: { name: string }) => `renamed ${name}`);
const rename = command({
  name: 'thing.rename',
  permission: 'project:edit',
  also: ({ name }) =>
    name === 'root'
      ? [{ permission: 'settings:edit', message: 'Not this.', fields: { name: 'Taken.' } }]
      : [],
  input: z.object({ name: z.string().trim().min(1, 'Enter a name.') }),
  output: z.string(),
  run,
});

test('a command is given its input as its schema reads it', async () => {
  expect(await runCommand(rename, caller('builder'), () => ({ name: ' a ', other: 1 }))).toBe('renamed a');
  await expect(runCommand(rename, caller('builder'), () => ({ name: '' }))).rejects.toMatchObject({
    code: 'invalid_input',
    fields: { name: 'Enter a name.' },
  });
});

test('without permission, the input is not read', async () => {
  const read = vi.fn();
  await expect(runCommand(rename, caller(null), read)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(runCommand(rename, caller('viewer'), read)).rejects.toMatchObject({ code: 'forbidden' });
  expect(read).not.toHaveBeenCalled();
});

test('an input can need an additional permission, with its own message', async () => {
  run.mockClear();
  const asked = () => ({ name: 'root' });
  await expect(runCommand(rename, caller('builder'), asked)).rejects.toMatchObject({
    code: 'forbidden',
    message: 'Not this.',
    fields: { name: 'Taken.' },
  });
  expect(run).not.toHaveBeenCalled();
  expect(await runCommand(rename, caller('admin'), asked)).toBe('renamed root');
});

test('a query as a part of another one returns null without its permission', async () => {
  const list = query({
    name: 'user.list',
    permission: 'user:read',
    output: z.array(z.string()),
    run: () => ['ada'],
  });
  expect(await askIfAllowed(list, caller('builder'), {})).toBeNull();
  expect(await askIfAllowed(list, caller('admin'), {})).toEqual(['ada']);
});

test('a dangerous command is run only soon after the password was entered', async () => {
  const act = vi.fn(() => 'done');
  const dangerous = command({
    name: 'thing.delete',
    permission: 'project:delete',
    dangerous: true,
    input: z.object({ name: z.string() }),
    output: z.string(),
    run: act,
  });
  const proved = (agoMs: number): Visitor => {
    const asking = caller('builder');
    return { ...asking, user: { ...asking.user!, provedAt: Date.now() - agoMs } };
  };
  const ask = (asking: Visitor, name: unknown = 'a') => runCommand(dangerous, asking, () => ({ name }));
  // Long ago, and of a clock that was set back.
  for (const agoMs of [proofMs, 365 * 24 * 60 * 60_000, -2 * proofMs])
    await expect(ask(proved(agoMs)), String(agoMs)).rejects.toMatchObject({ code: 'password_needed' });
  // Whoever may not do it, or asks for nonsense, is not asked for a password.
  await expect(ask({ ...proved(proofMs), user: null })).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(ask(caller('viewer'))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(ask(proved(proofMs), 5)).rejects.toMatchObject({ code: 'invalid_input' });
  expect(act).not.toHaveBeenCalled();
  expect(await ask(proved(proofMs - 10_000))).toBe('done');
});

test('a command that reaches the host is dangerous with such an input only', async () => {
  const act = vi.fn(() => 'done');
  const entering = command({
    name: 'thing.enter',
    permission: 'workbench:start',
    dangerous: 'on-host',
    also: ({ host }) => (host ? [{ permission: 'host:use', message: 'It reaches the host.' }] : []),
    input: z.object({ host: z.boolean() }),
    output: z.string(),
    run: act,
  });
  const ask = (host: boolean, agoMs: number, role: 'admin' | 'builder' = 'admin') => {
    const asking = caller(role);
    const user = { ...asking.user!, provedAt: Date.now() - agoMs };
    return runCommand(entering, { ...asking, user }, () => ({ host }));
  };
  await expect(ask(true, proofMs)).rejects.toMatchObject({ code: 'password_needed' });
  await expect(ask(true, 0, 'builder')).rejects.toMatchObject({ code: 'forbidden' });
  expect(act).not.toHaveBeenCalled();
  expect(await ask(true, 0)).toBe('done');
  expect(await ask(false, proofMs)).toBe('done');
});
