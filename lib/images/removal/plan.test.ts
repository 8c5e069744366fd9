import { expect, it, vi } from 'vitest';
import type { ImageContainer, ImageSummary } from '@/lib/engine/images/types';
import { planRemoval } from './plan';
import { chooseForPrune } from './prune';
import { pruneFilter } from './schema';

vi.mock('@/lib/engine/system/watch', () => ({ currentEngine: vi.fn(), isListening: () => false }));

const image = (id: string, more: Partial<ImageSummary> = {}): ImageSummary => ({
  id,
  tags: [`${id}:1`],
  digests: [],
  created: 0,
  size: 1,
  containers: 0,
  labels: {},
  ...more,
});
const user = (name: string, state: ImageContainer['state']): ImageContainer => ({ id: name, name, state });

interface Given {
  users?: Record<string, ImageContainer[]>;
  /** Child to parent, as the classic builder leaves it. */
  parents?: Record<string, string>;
}

const all = ['base', 'app', 'other', 'site'].map((id) => image(id));
const plan = (ids: string[], { users = {}, parents = {} }: Given = {}, withStopped = false) =>
  Object.fromEntries(
    planRemoval(
      { images: all, users: new Map(Object.entries(users)), parents: new Map(Object.entries(parents)) },
      ids,
      withStopped,
    ).map(({ id, refusal }) => [id, refusal]),
  );

it('what nothing holds goes; what is not there is not spoken of', () => {
  expect(plan(['app', 'gone'])).toEqual({ app: null });
});

it('a running container always keeps its image, a stopped one unless it is wanted otherwise', () => {
  const users = { app: [user('web', 'running'), user('old', 'exited')], other: [user('done', 'exited')] };
  expect(plan(['app', 'other'], { users })).toEqual({
    app: 'In use by 1 running container: web.',
    other: '1 stopped container was made from it: done.',
  });
  expect(plan(['app', 'other'], { users }, true)).toEqual({
    app: 'In use by 1 running container: web.',
    other: null,
  });
});

it('an image that the classic builder built on goes only together with all that stands on it', () => {
  // The builder's own images in between have no row.
  const parents = { app: 'between', between: 'base', site: 'app' };
  expect(plan(['base'], { parents })).toEqual({
    base: 'The engine keeps what these were made from: app:1, site:1.',
  });
  expect(plan(['base', 'app'], { parents })).toEqual({
    base: 'The engine keeps what these were made from: site:1.',
    app: 'The engine keeps what these were made from: site:1.',
  });
  expect(plan(['base', 'app', 'site'], { parents })).toEqual({ base: null, app: null, site: null });
});

it('what holds an image up holds up what it was built on', () => {
  const parents = { app: 'base', site: 'app' };
  const users = { site: [user('web', 'paused')] };
  expect(plan(['base', 'app', 'site'], { parents, users })).toMatchObject({
    site: 'In use by 1 running container: web.',
    app: 'The engine keeps what these were made from: site:1.',
    base: 'The engine keeps what these were made from: site:1.',
  });
});

it('a clean-up takes what has no tag, or all that no container was made from; never what is in use', () => {
  const day = 24 * 60 * 60 * 1000;
  const now = 100 * day;
  const images = [
    image('tagged', { created: 99 * day }),
    image('left', { tags: [], created: 99 * day }),
    image('old', { tags: [], created: day }),
    image('kept', { tags: [], labels: { keep: 'yes' } }),
    image('used', { tags: [], containers: 1 }),
  ];
  const choose = (filter: object) =>
    chooseForPrune(images, new Set(['used']), pruneFilter.parse(filter), now).map(({ id }) => id);
  expect(choose({})).toEqual(['left', 'old', 'kept']);
  expect(choose({ which: 'unused' })).toEqual(['tagged', 'left', 'old', 'kept']);
  expect(choose({ age: 'older-30d' })).toEqual(['old', 'kept']);
  expect(choose({ age: 'older-30d', keep: 'keep=yes' })).toEqual(['old']);
  expect(choose({ which: 'nonsense', age: '1d' })).toEqual(['left', 'old', 'kept']);
});
