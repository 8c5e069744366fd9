import { expect, test } from 'vitest';
import type { DiskUse } from '@/lib/engine/system/disk';
import { previewOf } from './preview';
import { summarise } from './summary';

const container = (name: string, state: 'running' | 'exited', size: number, labels = {}) => ({
  id: name,
  name,
  image: 'busybox',
  state,
  size,
  created: 0,
  labels,
});
const cache = (id: string, size: number, own: Partial<DiskUse['cache'][number]> = {}) => ({
  id,
  kind: 'regular',
  description: '',
  size,
  inUse: false,
  shared: false,
  ...own,
});
const use: DiskUse = {
  layers: 1000,
  images: { count: 3, unused: 2, unusedSize: 400 },
  containers: [
    container('up', 'running', 10),
    container('old', 'exited', 20),
    container('older', 'exited', 30),
  ],
  volumes: [
    { name: 'named', anonymous: false, size: 100, users: 0 },
    { name: 'a'.repeat(64), anonymous: true, size: 50, users: 0 },
    { name: 'used', anonymous: false, size: 70, users: 1 },
    { name: 'not-said', anonymous: false, size: 5, users: -1 },
  ],
  cache: [cache('a', 5), cache('b', 7, { inUse: true }), cache('c', 11, { shared: true })],
};

test('each kind has its size and its unused part', () => {
  expect(summarise(use)).toEqual({
    images: { count: 3, size: 1000, unusedCount: 2, unusedSize: 400 },
    containers: { count: 3, size: 60, unusedCount: 2, unusedSize: 50 },
    volumes: { count: 4, size: 225, unusedCount: 2, unusedSize: 150 },
    cache: { count: 2, size: 12, unusedCount: 1, unusedSize: 5 },
  });
});

test('a named volume is listed, but not selected', () => {
  const suggested = (what: 'containers' | 'volumes') => {
    const preview = previewOf(what, use);
    return preview.what === 'build-cache' ? [] : preview.items.map((item) => [item.name, item.suggested]);
  };
  expect(suggested('containers')).toEqual([
    ['older', true],
    ['old', true],
  ]);
  expect(suggested('volumes')).toEqual([
    ['named', false],
    ['a'.repeat(12), true],
  ]);
});

test('the build cache has sizes with and without layers shared with images', () => {
  expect(previewOf('build-cache', use)).toMatchObject({
    unshared: { unusedCount: 1, unusedSize: 5 },
    all: { unusedCount: 2, unusedSize: 16 },
  });
});
