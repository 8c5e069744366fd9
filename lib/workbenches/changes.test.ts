import { expect, test } from 'vitest';
import { changesBetween, emptySnapshot, type Snapshot, worthStamping } from './changes';
import type { ChangeKind } from './schema';

const snapshot = (kinds: Record<string, ChangeKind>, stamps: Record<string, string> = {}): Snapshot => ({
  kinds: new Map(Object.entries(kinds)),
  stamps: new Map(Object.entries(stamps)),
});

const brief = (before: Snapshot, after: Snapshot) =>
  changesBetween(before, after).map(({ path, kind }) => `${kind} ${path}`);

test('directories are listed only where they themselves changed', () => {
  const after = snapshot({ '/etc': 'changed', '/etc/motd': 'added', '/srv': 'changed', '/new': 'added' });
  expect(brief(emptySnapshot, after)).toEqual(['added /etc/motd', 'added /new', 'changed /srv']);
});

test('a file that is changed a second time, removed again, or put back', () => {
  const before = snapshot(
    { '/a': 'added', '/b': 'changed', '/c': 'removed', '/d': 'added' },
    { '/a': '1', '/b': '1', '/d': '1' },
  );
  const after = snapshot({ '/a': 'added', '/b': 'changed', '/c': 'changed' }, { '/a': '1', '/b': '2' });
  expect(brief(before, after)).toEqual(['changed /b', 'added /c', 'removed /d']);
  expect(brief(before, before)).toEqual([]);
});

test('what people edit is looked at before what packages bring', () => {
  const kinds = new Map<string, ChangeKind>([
    ['/usr/lib/x.so', 'added'],
    ['/usr/share/doc/x', 'added'],
    ['/var/lib/dpkg/status', 'changed'],
    ['/etc/httpd.conf', 'changed'],
    ['/gone', 'removed'],
  ]);
  expect(worthStamping(kinds, 2)).toEqual(['/var/lib/dpkg/status', '/etc/httpd.conf']);
  expect(worthStamping(kinds, 9)).toHaveLength(4);
});
