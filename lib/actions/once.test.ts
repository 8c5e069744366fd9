import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { useTestDatabase } from '@/lib/db/test-database';
import type { Visitor } from '@/lib/commands/caller';
import { command } from '@/lib/commands/command';
import { defaultEngine } from '@/lib/engine/engines';
import { AppError } from '@/lib/errors';
import { defineOperation } from '@/lib/operations/define';
import { follow } from '@/lib/operations/follow';
import { stopRunner } from '@/lib/operations/runner';
import { operationHref, startedOperation } from '@/lib/operations/schema';
import { forget } from '@/lib/remember';
import { runOnce } from './once';

const { db } = await useTestDatabase();
const key = 'a-key-of-a-request';

const operation = defineOperation({
  kind: 'test',
  read: 'operation:read',
  lane: 'transfer',
  input: z.string(),
  result: z.null(),
  href: operationHref,
  run: async ({ input, user, engine, id }) => {
    if (input === 'parent')
      await operation.start({ engine, title: 'Child', input: 'child', user, parentId: id });
    return null;
  },
});
let fails = false;
const start = command({
  name: 'test.start',
  permission: 'build:start',
  input: z.string(),
  output: startedOperation,
  run: async (input, { user }) => {
    if (fails) throw new AppError('engine_unreachable');
    return { id: await operation.start({ engine: defaultEngine(), title: 'A build', input, user }) };
  },
});
const count = command({
  name: 'test.count',
  permission: 'build:start',
  output: z.object({ n: z.number() }),
  run: () => ({ n: ++counted }),
});
let counted = 0;

const by = (id: string, role: 'builder' | 'viewer' = 'builder'): Visitor => ({
  user: { id, name: id, role, loginSessionId: 's', provedAt: Date.now() },
  client: { address: '', userAgent: '' },
  signal: new AbortController().signal,
  body: null,
});
const ask = (input = 'plain', user = by('ada'), given: unknown = key) =>
  runOnce(start, user, () => input, given);

beforeEach(async () => {
  forget('answers');
  fails = false;
  const running = { status: { in: ['queued', 'running'] } };
  await vi.waitFor(async () => expect(await db.operation.count({ where: running })).toBe(0));
  await db.operation.deleteMany();
});
afterAll(() => stopRunner());

test('a replayed request starts nothing, and is answered with what the first has started', async () => {
  const first = await ask();
  expect(await ask()).toEqual(first);
  expect(await Promise.all([ask(), ask()])).toEqual([first, first]);
  expect(await db.operation.count()).toBe(1);
});

test('nor do two that come together', async () => {
  const [one, two] = await Promise.all([ask(), ask()]);
  expect(one).toEqual(two);
  expect(await db.operation.count()).toBe(1);
});

test('nor one that comes after the server was started again', async () => {
  const first = await ask();
  forget('answers');
  expect(await ask()).toEqual(first);
  expect(await db.operation.count()).toBe(1);
});

test('another key, another user, or none at all are other requests', async () => {
  await ask();
  await ask('plain', by('ada'), 'another-key-of-a-request');
  await ask('plain', by('eve'));
  await ask('plain', by('ada'), null);
  await ask('plain', by('ada'), new FormData());
  expect(await db.operation.count()).toBe(5);
});

test('a request that failed may be sent again', async () => {
  fails = true;
  await expect(ask()).rejects.toMatchObject({ code: 'engine_unreachable' });
  fails = false;
  await ask();
  expect(await db.operation.count()).toBe(1);
});

test('a response requires the permission', async () => {
  await ask();
  await expect(ask('plain', by('ada', 'viewer'))).rejects.toMatchObject({ code: 'forbidden' });
});

test('an operation started by another has no request key', async () => {
  const { id } = await ask('parent');
  for await (const _events of follow(id, 0, AbortSignal.timeout(5000)));
  expect(await db.operation.findMany({ select: { requestKey: true }, orderBy: { id: 'asc' } })).toEqual([
    { requestKey: expect.any(String) as string },
    { requestKey: null },
  ]);
});

test('a command without an operation is run once, too', async () => {
  const answers = [1, 2].map(() => runOnce(count, by('ada'), () => undefined, key));
  expect(await Promise.all(answers)).toEqual([{ n: 1 }, { n: 1 }]);
});
