import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { useTestDatabase } from '@/lib/db/test-database';
import type { Visitor } from './caller';
import { command, query } from './command';
import { askIfAllowed, runCommand } from './run-command';
import type { Role } from './roles';

await useTestDatabase();

const caller = (role: Role | null): Visitor => ({
  user: role && { id: 'u1', name: 'ada', role, loginSessionId: 's1' },
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
