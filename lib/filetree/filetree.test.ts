import { expect, test } from 'vitest';
import { diffPaths } from './diff';
import { entriesBelow, openFolder } from './folder';

const names = (paths: string[], prefix: string) => {
  const folder = openFolder(prefix, (name, path) => ({ name, path, below: 0 }));
  for (const path of paths) if (!folder.childOf(path).isSelf) folder.childOf(path).node.below += 1;
  return folder.read((one, other) => other.below - one.below || (one.name < other.name ? -1 : 1), 2);
};

test('a folder has its first children with their totals', () => {
  expect(names(['a', 'b/x', 'b/y/z', 'c'], '')).toEqual({
    nodes: [
      { name: 'b', path: 'b', below: 2 },
      { name: 'a', path: 'a', below: 0 },
    ],
    more: 1,
  });
  expect(names(['/srv/a/b', '/srv/c'], '/srv/').nodes.map((node) => node.path)).toEqual(['/srv/a', '/srv/c']);
});

test('of sorted entries only those below are read', () => {
  const entries = ['/a', '/a-b', '/a/x', '/a/y', '/b'].toSorted().map((path) => ({ path }));
  expect([...entriesBelow(entries, '/a/')].map(({ path }) => path)).toEqual(['/a/x', '/a/y']);
  expect([...entriesBelow(entries, '/c/')]).toEqual([]);
});

test('a difference has the change of each path', () => {
  const entry = (path: string, size: number) => ({ path, size });
  const before = [entry('same', 1), entry('gone', 2), entry('other', 3)];
  const after = [entry('same', 1), entry('new', 4), entry('other', 5)];
  const changes = diffPaths(before, after, (one, other) => one.size === other.size);
  expect(changes.map(({ path, how, before: old, after: now }) => [path, how, old?.size, now?.size])).toEqual([
    ['gone', 'removed', 2, undefined],
    ['new', 'added', undefined, 4],
    ['other', 'changed', 3, 5],
  ]);
});
