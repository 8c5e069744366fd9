import { afterAll, expect, test } from 'vitest';
import { defaultEngine } from '@/lib/engine/engines';
import { useTestDatabase } from '@/lib/db/test-database';
import { setLimit, stopRunner } from '@/lib/operations/runner';
import { startBuild } from './start';

const { db } = await useTestDatabase();
setLimit('build', 0); // none of them is to run
afterAll(() => stopRunner());

test('builds of one project that are started at once have numbers of their own', async () => {
  const projectId = 'p'.repeat(16);
  await db.project.create({ data: { id: projectId, name: 'race', folder: 'race', options: '{}' } });
  const ids = await Promise.all(
    [1, 2, 3].map(() => startBuild(defaultEngine(), { projectId }, { id: 'u', name: 'ada' })),
  );
  const builds = await db.build.findMany({
    where: { operationId: { in: ids } },
    select: { number: true, operation: { select: { title: true } } },
    orderBy: { number: 'asc' },
  });
  expect(builds).toEqual([1, 2, 3].map((number) => ({ number, operation: { title: `race #${number}` } })));
});
