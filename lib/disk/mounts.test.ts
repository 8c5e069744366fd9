import { expect, test } from 'vitest';
import { mountOf, parseMountInfo, wholeMount } from './mounts';

const text = `22 27 0:20 / /proc rw,nosuid - proc proc rw
27 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
90 27 254:16 / /var/lib/docker rw shared:40 - xfs /dev/vdb rw,prjquota
91 27 254:32 / /mnt/with\\040blank rw - ext4 /dev/vdc rw
not a line
`;

test('a path belongs to the innermost mount', () => {
  const mounts = parseMountInfo(text);
  expect(mounts).toHaveLength(4);
  expect(mountOf('/var/lib/docker/overlay2', mounts)).toEqual({
    at: '/var/lib/docker',
    type: 'xfs',
    source: '/dev/vdb',
    device: '254:16',
    root: '/',
  });
  expect(mountOf('/var/lib/docker-other', mounts)?.at).toBe('/');
  expect(mountOf('/mnt/with blank/x', mounts)?.source).toBe('/dev/vdc');
  expect(mountOf('/x', [])).toBeNull();
});

test('of two mounts at one place the later one counts', () => {
  const mounts = parseMountInfo(`${text}99 27 0:50 / /var/lib/docker rw - tmpfs tmpfs rw\n`);
  expect(mountOf('/var/lib/docker', mounts)?.type).toBe('tmpfs');
});

test('a directory mounted onto itself is still on its file system', () => {
  const bound = '95 27 254:1 /var/lib/docker /var/lib/docker rw,relatime - ext4 /dev/vda1 rw\n';
  const mounts = parseMountInfo(text.replace(/^90.*\n/m, bound));
  const inner = mountOf('/var/lib/docker', mounts)!;
  expect(inner.at).toBe('/var/lib/docker');
  expect(wholeMount(inner, mounts).at).toBe('/');
});
