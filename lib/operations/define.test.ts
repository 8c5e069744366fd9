import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defaultEngine } from '@/lib/engine/engines';
import { useTestDatabase } from '@/lib/db/test-database';
import { listActiveOperations } from './active';
import { defineOperation } from './define';
import { follow } from './follow';
import { setLimit, stopRunner } from './runner';
import { operationHref } from './schema';

const { db } = await useTestDatabase();
const user = { id: 'u', name: 'ada' };
const operation = defineOperation({
  kind: 'test',
  read: 'operation:read',
  lane: 'build',
  input: z.object({ name: z.string().default('nobody') }),
  result: z.string(),
  href: operationHref,
  run: async ({ input }) => `Hello, ${input.name}`,
});
const other = defineOperation({
  kind: 'other',
  read: 'operation:read',
  lane: 'build',
  input: z.unknown(),
  result: z.null(),
  href: operationHref,
  run: () => Promise.resolve(null),
});

async function ended(id: string) {
  for await (const _batch of follow(id, 0, AbortSignal.timeout(5000)));
  return id;
}

afterAll(() => stopRunner());

test('where what belongs to an operation cannot be written, nothing of it is left, and the next ones run', async () => {
  setLimit('build', 2);
  for (let n = 0; n < 2; n++) {
    const start = operation.start(
      { engine: defaultEngine(), title: `Half ${n}`, input: {}, user },
      async (tx, id) => {
        await tx.setting.create({ data: { key: `of ${id}`, value: '1' } });
        throw new Error('disk full');
      },
    );
    await expect(start).rejects.toThrow('disk full');
  }
  expect(await db.operation.count()).toBe(0);
  expect(await db.setting.count()).toBe(0);
  expect(await listActiveOperations()).toEqual([]);
  const id = await ended(await operation.start({ engine: defaultEngine(), title: 'Whole', input: {}, user }));
  expect((await operation.find(id))?.operation.status).toBe('succeeded');
});

test('an operation is found by its own kind only, with its input and its result parsed', async () => {
  const id = await ended(await operation.start({ engine: defaultEngine(), title: 'Greet', input: {}, user }));
  expect(await operation.find(id)).toMatchObject({
    operation: { id, kind: 'test', href: `/operations/${id}` },
    input: { name: 'nobody' },
    result: 'Hello, nobody',
  });
  expect(await other.find(id)).toBeNull();
  await expect(other.get(id)).rejects.toThrow('The operation does not exist');
  expect((await operation.list({ limit: 1 })).map(({ input }) => input)).toEqual([{ name: 'nobody' }]);
});

test('a result of an older form is no result, and input of one keeps an operation out of the list', async () => {
  const id = await ended(await operation.start({ engine: defaultEngine(), title: 'Greet', input: {}, user }));
  await db.operation.update({ where: { id }, data: { result: '{"said":"hello"}' } });
  expect((await operation.get(id)).result).toBeNull();
  await db.operation.update({ where: { id }, data: { input: '{"name":7}' } });
  expect((await operation.list({ limit: 10 })).some((found) => found.operation.id === id)).toBe(false);
});
