import { expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { defaultOptions } from '@/lib/projects/options/schema';
import { sql } from '@/lib/db/sql';
import { buildIdsQuery } from './list-query';
import { expireBuilds } from './retention';
import type { BuildFilter } from './schema';
import { changeBuildSettings, readBuildSettings } from './settings';
import {
  deleteBuilds,
  findBuild,
  findBuildBefore,
  insertBuild,
  lastBuilds,
  listBuilds,
  listTrend,
  updateBuild,
} from './store';

const { db } = await useTestDatabase();

await db.project.createMany({
  data: ['web', 'api'].map((name) => ({ id: name, name, folder: name, options: '{}' })),
});

let made = 0;

async function add(projectId: string, status = 'succeeded', tags: string[] = [], daysAgo = 0) {
  const id = `op${String(++made).padStart(14, '0')}`;
  const ended = new Date(Date.now() - daysAgo * 24 * 60 * 60 * 1000);
  const options = { ...defaultOptions, tags };
  await db.operation.create({
    data: {
      id,
      kind: 'build',
      status,
      title: projectId,
      input: JSON.stringify({ projectId, options, push: false }),
      endedAt: ['queued', 'running'].includes(status) ? null : ended,
    },
  });
  await insertBuild(db, { id, projectId, projectName: projectId, dockerfile: 'Dockerfile', options });
  return id;
}

const first = await add('web', 'succeeded', ['shop/web:1'], 40);
const failed = await add('web', 'failed', ['shop/web:2']);
const other = await add('api', 'succeeded', ['shop/api:1']);
const newest = await add('web', 'succeeded', ['shop/web:3']);

test('builds are listed newest first, by project, status and words, and go on from a cursor', async () => {
  const ids = async (filter: object, limit = 10) =>
    (await listBuilds(filter, limit)).builds.map((build) => build.id);
  expect(await ids({})).toEqual([newest, other, failed, first]);
  expect(await ids({ project: 'web' })).toEqual([newest, failed, first]);
  expect(await ids({ status: 'failed' })).toEqual([failed]);
  expect(await ids({ q: 'api' })).toEqual([other]);
  expect(await ids({ q: 'web:3' })).toEqual([newest]);
  expect(await listBuilds({}, 2)).toMatchObject({ more: true });
  expect(await ids({ before: other }, 2)).toEqual([failed, first]);
});

test('words are looked for as they are, and together with the other filters', async () => {
  const ids = async (filter: object) => (await listBuilds(filter, 10)).builds.map((build) => build.id);
  expect(await ids({ q: 'SHOP/WEB' })).toEqual([newest, failed, first]);
  expect(await ids({ q: 'shop%1' })).toEqual([]);
  expect(await ids({ q: 'Dockerfile' })).toEqual([]); // neither a name nor a tag
  expect(await ids({ q: 'shop', status: 'failed' })).toEqual([failed]);
  expect(await ids({ q: 'shop', status: 'succeeded', project: 'web' })).toEqual([newest, first]);
  expect(await ids({ status: 'failed', project: 'web' })).toEqual([failed]);
  expect(await ids({ status: 'failed', project: 'api' })).toEqual([]);
  expect(await ids({ status: 'failed', before: failed })).toEqual([]);
  expect(await ids({ status: 'succeeded', before: newest })).toEqual([other, first]);
});

const filters = {
  all: {},
  project: { project: 'web' },
  succeeded: { status: 'succeeded' },
  failed: { status: 'failed' },
  words: { q: 'x' },
  'words and status': { q: 'x', status: 'failed' },
  'project and succeeded': { project: 'web', status: 'succeeded' },
  'project and failed': { project: 'web', status: 'failed' },
} satisfies Record<string, BuildFilter>;

for (const [name, filter] of Object.entries<BuildFilter>(filters))
  test(`the list by ${name} reads indexes from their end, and sorts nothing`, async () => {
    for (const before of [undefined, newest]) {
      const query = buildIdsQuery({ ...filter, before }, 51);
      const plan = await db.$queryRaw<{ detail: string }[]>(sql`EXPLAIN QUERY PLAN ${query}`);
      expect(plan.length).toBeGreaterThan(0);
      for (const { detail } of plan) expect(detail).toMatch(/^(SEARCH|SCAN) (build|operation) USING .*INDEX/);
    }
  });

test('builds are numbered within their project', async () => {
  expect((await findBuild(newest))!.number).toBe(3);
  expect((await findBuild(other))!.number).toBe(1);
  const last = await lastBuilds(['web', 'api', 'none']);
  expect([last.get('web')!.id, last.get('api')!.id, last.has('none')]).toEqual([newest, other, false]);
});

test('what a build was made from and what came out is kept', async () => {
  await updateBuild(newest, {
    dockerfileText: 'FROM busybox',
    imageId: 'sha256:aa',
    steps: 4,
    cachedSteps: 3,
  });
  expect(await findBuild(newest)).toMatchObject({
    dockerfileText: 'FROM busybox',
    imageId: 'sha256:aa',
    bases: [],
  });
  expect(await findBuild('op99999999999999')).toBeNull();
});

test('the build before is the last of the same project that came as far as a step', async () => {
  const [third, second] = await Promise.all([findBuild(newest), findBuild(failed)]);
  expect(await findBuildBefore(third!)).toBeNull();
  await updateBuild(first, { steps: 2 });
  expect((await findBuildBefore(third!))!.id).toBe(first);
  await updateBuild(failed, { steps: 1 });
  expect((await findBuildBefore(third!))!.id).toBe(failed);
  expect((await findBuildBefore(second!))!.id).toBe(first);
  await updateBuild(other, { steps: 1 });
  expect(await findBuildBefore((await findBuild(other))!)).toBeNull();
});

test('a trend has the figures of what succeeded, oldest first, and the place of what did not', async () => {
  await db.operation.update({
    where: { id: newest },
    data: { startedAt: new Date(Date.now() - 4000), endedAt: new Date() },
  });
  await updateBuild(newest, { imageSize: 10, steps: 4, cachedSteps: 3 });
  const [, , last] = await listTrend('web', 10);
  expect(
    (await listTrend('web', 10)).map(({ number, status, time }) => [number, status, time]),
  ).toMatchObject([
    [1, 'succeeded', null],
    [2, 'failed', null],
    [3, 'succeeded', expect.any(Number)],
  ]);
  expect(last).toMatchObject({ size: 10, cacheShare: 0.75 });
  expect(await listTrend('web', 1)).toEqual([last]);
});

test('retention deletes what is too old or too many, never what still runs; deleting takes the pushes along', async () => {
  const running = await add('web', 'running');
  await db.operation.create({
    data: {
      id: 'push000000000001',
      kind: 'push',
      status: 'succeeded',
      title: 'p',
      input: '{}',
      parentId: failed,
    },
  });
  expect(await expireBuilds()).toBe(0);
  await changeBuildSettings({ ...(await readBuildSettings()), keepDays: 30 });
  expect(await expireBuilds()).toBe(1);
  expect(await findBuild(first)).toBeNull();
  await changeBuildSettings({
    ...(await readBuildSettings()),
    concurrent: 2,
    keepDays: 0,
    keepPerProject: 1,
  });
  expect(await expireBuilds()).toBe(2);
  expect((await listBuilds({}, 10)).builds.map((build) => build.id)).toEqual([running, other]);
  expect(await db.operation.count({ where: { kind: 'push' } })).toBe(0);
  expect(await deleteBuilds([running])).toBe(0);
});

test('only builds are deleted as builds', async () => {
  const pull = { id: 'pull000000000001', kind: 'pull', status: 'succeeded', title: 'p', input: '{}' };
  await db.operation.create({ data: pull });
  expect(await deleteBuilds([pull.id])).toBe(0);
  expect(await db.operation.count({ where: { id: pull.id } })).toBe(1);
});
