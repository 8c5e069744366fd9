import { afterEach, beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { changeCount, countChange } from '@/lib/engine/wire/changes';
import { engineFacts } from '@/lib/engine/system/status';
import { type FakeEngine, startFakeEngine } from '@/lib/engine/testing/fake-engine';
import { currentEngine } from '@/lib/engine/system/watch';
import { anatomyOf } from './anatomy';
import { readImages } from './read-images';

await useTestDatabase();

const idOf = (name: string) => `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`;

/** An engine whose version, and whose only image, are its own. */
async function start(name: string): Promise<FakeEngine> {
  const fake = await startFakeEngine();
  const answers: Record<string, unknown> = {
    '/version': { Version: name, ApiVersion: '1.51', Os: 'linux' },
    '/images/json': [{ Id: idOf(name), RepoTags: [`${name}:1`], Created: 1, Size: 1 }],
    '/containers/json': [],
    [`/images/${encodeURIComponent(idOf('shared'))}/json`]: {
      Id: idOf('shared'),
      Size: 5,
      RootFS: { Layers: [`sha256:${name}`] },
    },
    [`/images/${encodeURIComponent(idOf('shared'))}/history`]: [
      { Id: '', Created: 1, CreatedBy: `RUN make ${name}`, Size: 5, Comment: '' },
    ],
  };
  fake.answer = (request, response) => {
    response.end(JSON.stringify(answers[request.url!.split('?')[0]!] ?? {}));
  };
  return fake;
}

let one: FakeEngine;
let other: FakeEngine;
beforeEach(async () => {
  one = await start('one');
  other = await start('other');
});
afterEach(() => Promise.all([one.close(), other.close()]));

test('two engines in one process share no facts, states, lists, pictures and counts of changes', async () => {
  expect((await engineFacts(one.handle)).version).toBe('one');
  expect((await engineFacts(other.handle)).version).toBe('other');

  expect(await currentEngine(one.handle)).toMatchObject({ engine: { version: 'one' } });
  expect(await currentEngine(other.handle)).toMatchObject({ engine: { version: 'other' } });

  const tags = async (fake: FakeEngine) =>
    (await readImages(fake.handle)).images.flatMap((image) => image.tags);
  expect([await tags(one), await tags(other)]).toEqual([['one:1'], ['other:1']]);

  const label = async (fake: FakeEngine) =>
    (await anatomyOf(fake.handle, [idOf('shared')], { ask: true })).get(idOf('shared'))?.strata[0]?.label;
  expect([await label(one), await label(other)]).toEqual(['RUN make one', 'RUN make other']);

  const before = changeCount(other.handle);
  countChange(one.handle);
  expect(changeCount(other.handle)).toBe(before);
});

test('an engine that is away does not make the other one away', async () => {
  await other.close();
  expect((await currentEngine(other.handle)).state).toBe('away');
  expect((await currentEngine(one.handle)).state).toBe('ready');
  await expect(readImages(other.handle)).rejects.toMatchObject({ code: 'engine_unreachable' });
  expect((await readImages(one.handle)).images).toHaveLength(1);
});
