import { expect, test } from 'vitest';
import type { ReviewEntry } from './schema';
import { childrenOf, markedGroups } from './tree';

const entry = (path: string, change: Partial<ReviewEntry> = {}): ReviewEntry => ({
  path,
  kind: 'added',
  type: 'file',
  size: 10,
  marks: [],
  ...change,
});

const entries = [
  entry('/etc', { kind: 'changed', type: 'directory', size: 0 }),
  entry('/etc/a'),
  entry('/etc/b', { size: null }),
  entry('/etc-not/x'),
  entry('/tmp/y', { marks: ['temporary'], size: 7 }),
  entry('/usr/share/doc/z', { kind: 'removed', type: null, size: null }),
].toSorted((one, other) => (one.path < other.path ? -1 : 1));

test('a directory shows its children, with the sums of what is below them', () => {
  const { nodes } = childrenOf(entries, '');
  expect(
    nodes.map(({ path, count, size, kind, isDirectory, partial }) => [
      path,
      count,
      size,
      kind,
      isDirectory,
      partial,
    ]),
  ).toEqual([
    ['/etc', 3, 10, 'changed', true, true],
    ['/etc-not', 1, 10, null, true, false],
    ['/tmp', 1, 7, null, true, false],
    ['/usr', 1, 0, null, true, false],
  ]);
  expect(nodes[2]!.marks).toEqual(['temporary']);
  expect(childrenOf(entries, '/etc').nodes.map((node) => node.name)).toEqual(['a', 'b']);
  expect(childrenOf(entries, '/usr/share/doc').nodes).toMatchObject([
    { kind: 'removed', isDirectory: false },
  ]);
});

test('groups say how much a rule marks; what was removed is in no image', () => {
  const marked = [
    entry('/tmp/a', { marks: ['temporary'], size: 1 }),
    entry('/tmp/b', { marks: ['temporary'], size: 5 }),
    entry('/tmp/gone', { marks: ['temporary'], kind: 'removed', size: null }),
  ];
  expect(markedGroups(marked)).toEqual([
    {
      rule: 'temporary',
      count: 2,
      size: 6,
      entries: [
        { path: '/tmp/b', size: 5 },
        { path: '/tmp/a', size: 1 },
      ],
    },
  ]);
});
