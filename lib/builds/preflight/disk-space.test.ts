import { expect, test } from 'vitest';
import type { FileSystem } from '@/lib/disk/schema';
import { judgeDiskSpace } from './disk-space';

const system = (free: number): FileSystem => ({
  known: true,
  mountedAt: '/',
  type: 'ext4',
  source: '/dev/vda1',
  own: false,
  total: 100e9,
  free,
  inodes: 0,
  freeInodes: 0,
});

test('room is enough for the layers and the cache of a build like the last one', () => {
  expect(judgeDiskSpace(system(50e9), 1e9)).toMatchObject({ level: 'ok', hint: '' });
  expect(judgeDiskSpace(system(5e9), 4e9)).toMatchObject({
    level: 'warning',
    detail: '5 GB of 100 GB free; a build like the last one may need 8 GB.',
    href: '/engine',
  });
  expect(judgeDiskSpace(system(3e8), null)).toMatchObject({ level: 'problem' });
});

test('what cannot be seen is not judged', () => {
  expect(judgeDiskSpace({ known: false, reason: 'It is elsewhere.' }, null)).toMatchObject({
    level: 'unknown',
    detail: 'It is elsewhere.',
  });
});
