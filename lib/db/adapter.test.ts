import { expect, test } from 'vitest';
import { useTestDatabase } from './test-database';

const { db } = await useTestDatabase();

async function write(name: string, count: number) {
  for (let n = 0; n < count; n++) await db.setting.create({ data: { key: `${name} ${n}`, value: '' } });
}

const countOf = (name: string) => db.setting.count({ where: { key: { startsWith: name } } });

test('concurrent writes survive the rollback of a transaction', async () => {
  const fails = db.$transaction(async (tx) => {
    for (let n = 0; n < 20; n++) await tx.setting.create({ data: { key: `half ${n}`, value: '' } });
    throw new Error('disk full');
  });
  await Promise.all([expect(fails).rejects.toThrow('disk full'), write('one', 20), write('two', 20)]);
  expect([await countOf('half'), await countOf('one'), await countOf('two')]).toEqual([0, 20, 20]);
});

test('uncommitted changes are not visible outside', async () => {
  const seen = new Set<number>();
  const writes = db.$transaction(async (tx) => {
    for (let n = 0; n < 10; n++) await tx.setting.create({ data: { key: `whole ${n}`, value: '' } });
  });
  const reads = async () => {
    for (let n = 0; n < 20; n++) seen.add(await countOf('whole'));
  };
  await Promise.all([writes, reads()]);
  seen.add(await countOf('whole'));
  expect([...seen].every((count) => count === 0 || count === 10)).toBe(true);
});

test('transactions are sequential, also after a failed one', async () => {
  const count = (tx: Pick<typeof db, 'setting'>) =>
    tx.setting.count({ where: { key: { startsWith: 'turn' } } });
  const add = () =>
    db.$transaction(async (tx) => {
      const before = await count(tx);
      await tx.setting.create({ data: { key: `turn ${before}`, value: '' } });
    });
  const fail = () => db.$transaction([db.setting.create({ data: { key: 'turn 0', value: '' } })]);
  await add();
  await Promise.allSettled([add(), fail(), add(), fail(), add()]);
  expect(await count(db)).toBe(4);
});
