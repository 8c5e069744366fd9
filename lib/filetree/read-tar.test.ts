import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { linkSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { aspectsOf, type TreeEntry } from './entry';
import { readTree } from './read-tar';

async function* pieces(archive: Buffer) {
  yield archive;
}

test('a tar holds a tree: contents by digest, hard links as files of their own', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-tree-'));
  try {
    writeFileSync(path.join(directory, 'a'), 'content', { mode: 0o640 });
    writeFileSync(path.join(directory, 'unwanted'), 'not read');
    linkSync(path.join(directory, 'a'), path.join(directory, 'twin'));
    symlinkSync('/etc/passwd', path.join(directory, 'link'));
    const options = ['--owner=1001', '--group=33', '--sort=name'];
    const archive = execFileSync('tar', ['-C', directory, ...options, '-c', '.']);

    const progress = { paths: 0, bytes: 0 };
    const tree = new Map<string, TreeEntry>();
    const isWanted = (name: string) => name !== '/unwanted';
    for await (const { path: name, entry } of readTree(pieces(archive), { isWanted, progress }))
      tree.set(name, entry);

    const digest = createHash('sha256').update('content').digest('hex');
    expect([...tree.keys()]).toEqual(['/a', '/link', '/twin']);
    expect(tree.get('/a')).toMatchObject({ type: 'file', mode: 0o640, uid: 1001, gid: 33, size: 7, digest });
    expect(tree.get('/link')).toMatchObject({ type: 'symlink', target: '/etc/passwd', digest: '' });
    expect(aspectsOf(tree.get('/a')!, tree.get('/twin')!)).toEqual([]);
    expect(progress).toEqual({ paths: 5, bytes: 7 });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
