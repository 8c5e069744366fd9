import { afterAll, expect, test } from 'vitest';
import { makeDirectory, removeDirectories } from '@/lib/engine/testing/directory';
import { followLinks } from './follow-links';

afterAll(removeDirectories);

test('links are followed to what they need, and stay inside', async () => {
  const root = makeDirectory({
    'a/link': '-> ../b/h',
    'b/h': '-> h2',
    'b/h2': '',
    abs: '-> /b/h2',
    out: '-> ../../../etc/passwd',
    loop1: '-> loop2',
    loop2: '-> loop1',
    dir: '-> b',
    't1.txt': '-> b/h2',
    't2.txt': '',
  });
  const follow = async (...paths: string[]) => (await followLinks(root, paths)).toSorted();
  expect(await follow('a/link')).toEqual(['a/link', 'b/h', 'b/h2']);
  expect(await follow('/abs')).toEqual(['/abs', 'abs', 'b/h2']);
  expect(await follow('out')).toEqual(['etc/passwd', 'out']);
  expect(await follow('loop1')).toEqual(['loop1', 'loop2']);
  expect(await follow('dir/h2')).toEqual(['b/h2', 'dir', 'dir/h2']);
  expect(await follow('t*.txt')).toEqual(['b/h2', 't*.txt', 't1.txt', 't2.txt']);
  expect(await follow('none/x')).toEqual(['none/x']);
});
