import { expect, test } from 'vitest';
import { adviseOn } from './advice';
import type { DiskPart, DiskSummary, FileSystem } from './schema';

const facts = {
  storageDriver: 'overlay2',
  store: 'graphdriver' as const,
  kernel: '6.1.0-18-amd64',
  dType: true,
  backingFileSystem: 'extfs',
  logDriver: 'json-file',
  dataRoot: '/var/lib/docker',
  product: 'docker' as const,
  os: 'linux',
  isolation: [],
  rootless: false,
  runc: '1.3.0',
  version: '29.9.0',
};
const system = (own: Partial<Extract<FileSystem, { known: true }>> = {}): FileSystem => ({
  known: true,
  mountedAt: '/',
  type: 'ext4',
  source: '/dev/vda1',
  own: false,
  total: 100e9,
  free: 50e9,
  inodes: 1e6,
  freeInodes: 9e5,
  ...own,
});
const part = (unusedSize: number): DiskPart => ({ count: 1, size: unusedSize, unusedCount: 1, unusedSize });
const summary = (cache: number, images = 0): DiskSummary => ({
  cache: part(cache),
  images: part(images),
  containers: part(0),
  volumes: part(0),
});
/** With a Node that nothing is known against. */
const advise = (...[facts, system, summary]: Parameters<typeof adviseOn>) =>
  adviseOn(facts, system, summary, '24.0.0');
const levels = (...input: Parameters<typeof advise>) =>
  Object.fromEntries(advise(...input).map(({ key, level }) => [key, level]));
const find = (key: string, ...input: Parameters<typeof advise>) =>
  advise(...input).find((advice) => advice.key === key);

test('a good file system is reported as good, with relevant advice only', () => {
  expect(levels(facts, system({ own: true }), summary(0))).toEqual({
    driver: 'good',
    own: 'good',
    'log-size': 'info',
    'log-clipping': 'info',
  });
});

test('the storage driver is checked against the kernel', () => {
  const vfs = { ...facts, storageDriver: 'vfs' };
  expect(find('driver', vfs, system(), null)).toMatchObject({
    level: 'warning',
    action: expect.stringContaining('can do overlay2') as string,
  });
  expect(find('driver', { ...vfs, kernel: '3.10.0-1160.el7.x86_64' }, system(), null)?.action).toContain(
    'can do',
  );
  expect(find('driver', { ...vfs, kernel: '3.10.0-327.el7.x86_64' }, system(), null)?.action).toContain(
    'too old',
  );
});

test('a file system without d_type is a danger, with a remedy', () => {
  const without = { ...facts, dType: false, backingFileSystem: 'xfs' };
  expect(find('d-type', without, system(), null)).toMatchObject({
    level: 'danger',
    action: expect.stringContaining('ftype=1') as string,
  });
});

test('urgent advice is first: no space, no inodes', () => {
  const full = system({ free: 1e9, freeInodes: 1000 });
  expect(
    advise(facts, full, null)
      .slice(0, 2)
      .map(({ key, level }) => [key, level]),
  ).toEqual([
    ['room', 'danger'],
    ['inodes', 'danger'],
  ]);
  expect(levels(facts, system({ free: 8e9 }), null).room).toBe('warning');
  expect(levels(facts, system({ inodes: 0, freeInodes: 0 }), null)).not.toHaveProperty('inodes');
});

test('clean-up is advised by freed space, earlier if space is low', () => {
  expect(find('prune', facts, system(), summary(1e9))).toBeUndefined();
  expect(find('prune', facts, system({ free: 1e9 }), summary(1e9, 2e9))).toMatchObject({
    level: 'warning',
    title: '3 GB reclaimable',
    why: '2 GB in unused images, 1 GB in build cache.',
  });
});

test('without access to the disk there is no advice about it', () => {
  const advice = levels(facts, { known: false, reason: 'remote' }, summary(9e9));
  expect(advice).not.toHaveProperty('own');
  expect(advice).not.toHaveProperty('room');
  expect(advice.prune).toBe('info');
});

test('unlimited logs are advised only for engines that support them', () => {
  const lifted = 'BUILDKIT_STEP_LOG_MAX_SIZE=-1';
  expect(find('log-clipping', facts, system(), null)?.action).toContain(lifted);
  const old = find('log-clipping', { ...facts, version: '20.10.24+dfsg1' }, system(), null);
  expect(old?.action).not.toContain(lifted);
  expect(old?.action).toContain('not to -1');
  expect(find('log-clipping', { ...facts, product: 'podman' }, system(), null)).toBeUndefined();
});
