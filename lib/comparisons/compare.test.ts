import { describe, expect, test } from 'vitest';
import type { TreeEntry } from '@/lib/filetree/entry';
import { compareChanges } from './compare';
import { engineMade, timeRuleOf } from './rules';
import { formatScore, scoreOf } from './schema';

const file = (digest: string, more: Partial<TreeEntry> = {}): TreeEntry => ({
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  size: 3,
  target: '',
  digest,
  attributes: '',
  ...more,
});

describe('comparing what two images changed', () => {
  test('what is the same agrees, removals too', () => {
    const changes = new Map([
      ['/a', file('1')],
      ['/gone', null],
    ]);
    const { figures, differences } = compareChanges(changes, new Map(changes));
    expect(figures).toEqual({ agree: 2, volatile: 0, different: 0, missing: 0, extra: 0 });
    expect(differences).toEqual([]);
    expect(formatScore(figures)).toBe('100%');
  });

  test.each([
    [{ digest: '2' }, ['content']],
    [{ mode: 0o755 }, ['mode']],
    [{ uid: 33 }, ['owner']],
    [{ type: 'symlink', target: '/b', digest: '' }, ['type', 'target', 'content']],
    [{ attributes: 'security.capability=ab' }, ['attributes']],
  ] as const)('%j is %j', (change, aspects) => {
    const { figures, differences } = compareChanges(
      new Map([['/a', file('1')]]),
      new Map([['/a', file('1', change)]]),
    );
    expect(figures.different).toBe(1);
    expect(differences[0]).toMatchObject({ path: '/a', kind: 'content', aspects });
  });

  test('each difference has its class, and what differs with time does not count', () => {
    const { figures, differences } = compareChanges(
      new Map<string, TreeEntry | null>([
        ['/same', file('1')],
        ['/only-wanted', file('1')],
        ['/not-removed', null],
        ['/removed-in-build', file('1')],
        ['/var/log/dpkg.log', file('1')],
      ]),
      new Map<string, TreeEntry | null>([
        ['/same', file('1')],
        ['/only-built', file('1')],
        ['/removed-only-in-build', null],
        ['/removed-in-build', null],
        ['/var/log/dpkg.log', file('2')],
        ['/var/cache/x', file('2')],
      ]),
    );
    expect(differences.map(({ path, kind, rule }) => [path, kind, rule])).toEqual([
      ['/not-removed', 'missing', undefined],
      ['/only-wanted', 'missing', undefined],
      ['/removed-in-build', 'missing', undefined],
      ['/only-built', 'extra', undefined],
      ['/removed-only-in-build', 'extra', undefined],
      ['/var/cache/x', 'time', 'caches'],
      ['/var/log/dpkg.log', 'time', 'logs'],
    ]);
    expect(figures).toEqual({ agree: 1, volatile: 2, different: 0, missing: 3, extra: 2 });
    expect(scoreOf(figures)).toBeCloseTo(1 / 6);
    expect(formatScore(figures)).toBe('16.6%');
    expect(differences[0]).toMatchObject({ wanted: 'removed', built: 'as in the base image' });
  });

  test('almost everything is not everything', () => {
    expect(formatScore({ agree: 99_999, volatile: 5, different: 1, missing: 0, extra: 0 })).toBe('99.9%');
    expect(formatScore({ agree: 0, volatile: 5, different: 0, missing: 0, extra: 0 })).toBe('100%');
  });
});

test.each([
  ['/var/log/apt/history.log', 'logs'],
  ['/var/cache/ldconfig/aux-cache', 'caches'],
  ['/usr/lib/python3/dist-packages/__pycache__/a.cpython-311.pyc', 'caches'],
  ['/var/lib/rpm/Packages', 'packages'],
  ['/var/lib/dpkg/status-old', 'packages'],
  ['/var/lib/dpkg/status', undefined],
  ['/etc/passwd-', 'accounts'],
  ['/etc/passwd', undefined],
  ['/tmp/x', 'temporary'],
  ['/root/.ash_history', 'history'],
  ['/etc/ssh/ssh_host_rsa_key', 'identity'],
  ['/etc/httpd/httpd.conf', undefined],
])('%s: %s', (path, rule) => {
  expect(timeRuleOf(path)).toBe(rule);
});

test('what the engine makes in every container is left out, and only that', () => {
  expect(['/dev', '/dev/console', '/.dockerenv', '/etc/hosts'].every((path) => engineMade.test(path))).toBe(
    true,
  );
  expect(['/etc', '/etc/hosts.allow', '/device'].some((path) => engineMade.test(path))).toBe(false);
});
