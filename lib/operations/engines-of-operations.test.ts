import { beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { useTestDatabase } from '@/lib/db/test-database';
import { makeEngine } from '@/lib/engine/engine';
import { defaultEngine } from '@/lib/engine/engines';
import { useEngine } from '@/lib/engine/testing/configured';
import { defineOperation } from './define';
import { recoverOperations } from './recover';
import { lookForWork } from './runner';
import { isEnded, operationHref } from './schema';
import { claimOperation, createOperation, getOperation } from './store';

await useTestDatabase();

const [first, second] = ['first', 'second'].map((id) => makeEngine({ id, address: `unix:///${id}.sock` }));
const unknown = makeEngine({ id: 'unknown', address: 'unix:///unknown.sock' });
const ran: string[] = [];
const away = new Set<string>();

const operation = defineOperation({
  kind: 'of-an-engine',
  read: 'operation:read',
  lane: 'transfer',
  input: z.object({}),
  result: z.string(),
  href: operationHref,
  ready: async ({ id }) => !away.has(id),
  run: async ({ engine }) => {
    ran.push(engine.address);
    return engine.id;
  },
  recover: async ({ id }) => ({ succeeded: true, message: '', result: `recovered on ${id}` }),
});

const start = (engine = defaultEngine()) =>
  operation.start({ engine, title: engine.id, input: {}, user: null });

beforeEach(() => {
  ran.length = 0;
  away.clear();
  for (const engine of [first!, second!]) useEngine(engine);
});

test('an operation runs on the engine of its row', async () => {
  const ids = [await start(first), await start(second), await start()];
  for (const [index, id] of ids.entries()) {
    await expect
      .poll(async () => (await operation.get(id)).result)
      .toBe(['first', 'second', 'default'][index]);
    expect((await getOperation(id)).engineId).toBe(['first', 'second', 'default'][index]);
  }
  expect(ran).toEqual([first!.address, second!.address, defaultEngine().address]);
});

test('operations of an engine that is away wait, and those of another one begin', async () => {
  away.add('first');
  const waiting = await start(first);
  const other = await start(second);
  await expect.poll(async () => (await getOperation(other)).status).toBe('succeeded');
  expect((await getOperation(waiting)).status).toBe('queued');
  away.clear();
  lookForWork();
  await expect.poll(async () => (await getOperation(waiting)).status).toBe('succeeded');
});

test('an operation of an engine that is not configured fails with that reason and holds up nobody', async () => {
  const lost = await start(unknown);
  const other = await start(second);
  await expect.poll(async () => isEnded((await getOperation(lost)).status)).toBe(true);
  expect((await getOperation(lost)).errorMessage).toContain('The engine unknown is not configured');
  await expect.poll(async () => (await getOperation(other)).status).toBe('succeeded');
});

test('recovery asks the engine of the row; without that engine the operation is interrupted', async () => {
  const ids: string[] = [];
  for (const engine of [second!, unknown]) {
    const id = await createOperation({ engine, kind: operation.kind, title: 'Left', input: {}, user: null });
    expect(await claimOperation(id, 'a dead process')).toBe(true);
    ids.push(id);
  }
  const said = vi.spyOn(console, 'error').mockReturnValue();
  expect(await recoverOperations()).toBe(2);
  expect(said.mock.calls.flat().join()).toContain('The engine unknown is not configured');
  said.mockRestore();
  expect((await operation.get(ids[0]!)).result).toBe('recovered on second');
  expect((await getOperation(ids[1]!)).status).toBe('interrupted');
});
