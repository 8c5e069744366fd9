import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { extract } from 'tar-stream';
import { openFile, walkContext, type ContextRules } from './walk';
import { packContext } from './tar';
import { readDockerfile } from './read-dockerfile';
import { addFiles, makeDirectory, removeDirectories } from '@/lib/engine/testing/directory';

afterAll(removeDirectories);

async function walk(root: string, rules: ContextRules = {}) {
  const paths: string[] = [];
  for await (const entries of walkContext(root, rules))
    for (const entry of entries) {
      const mark = { file: '', directory: '/', symlink: ` -> ${entry.linkname}` }[entry.type];
      paths.push(entry.path + mark);
    }
  return paths;
}

test('parents come first, and names in the order of their bytes', async () => {
  const root = makeDirectory({
    'b/c': '',
    'b.x': '',
    'a-b': '',
    a: null,
    'a/z': '',
    ü: '',
    z: '',
    '😀': '',
    '\uFF5E': '',
  });
  expect(await walk(root)).toEqual(
    ['a/', 'a/z', 'a-b', 'b/', 'b/c', 'b.x', 'z', 'ü', '\uFF5E', '😀'].toSorted(byBytes),
  );
  function byBytes(x: string, y: string) {
    const [one, other] = [x, y].map((name) => name.replace(/\/$/, '').split('/'));
    for (let at = 0; at < Math.max(one!.length, other!.length); at++) {
      const order = Buffer.compare(Buffer.from(one![at] ?? ''), Buffer.from(other![at] ?? ''));
      if (order) return order;
    }
    return 0;
  }
});

test('links are sent as links and never followed, wherever they lead', async () => {
  const root = makeDirectory({ etc: '-> /etc', up: '-> ../..', 'd/self': '-> .', gone: '-> nothing' });
  expect(await walk(root)).toEqual(['d/', 'd/self -> .', 'etc -> /etc', 'gone -> nothing', 'up -> ../..']);
});

test('pipes and sockets are left out', async () => {
  const root = makeDirectory({ a: '' });
  execFileSync('mkfifo', [path.join(root, 'pipe')]);
  expect(await walk(root)).toEqual(['a']);
});

test('what is excluded is not looked into, unless something may come back', async () => {
  const root = makeDirectory({ 'out/keep': '', 'out/drop': '', 'other/x': '', in: '' });
  const excludes = (file: string) =>
    (file.startsWith('out') && file !== 'out/keep') || file.startsWith('other');
  expect(await walk(root, { excludes })).toEqual(['in']);
  expect(await walk(root, { excludes, reincludes: true })).toEqual(['in', 'out/', 'out/keep']);
});

test('a folder that is replaced by a link while it is read ends the walk', async () => {
  const root = makeDirectory({ 'a/x': 'mine', 'z/x': 'mine' });
  const secret = makeDirectory({ x: 'secret' });
  const seen: string[] = [];
  const read = async () => {
    for await (const entries of walkContext(root, {}))
      for (const entry of entries) {
        seen.push(entry.path);
        if (entry.path !== 'z') continue;
        rmSync(path.join(root, 'z'), { recursive: true });
        symlinkSync(secret, path.join(root, 'z'));
      }
  };
  await expect(read()).rejects.toMatchObject({ code: 'conflict' });
  expect(seen).toEqual(['a', 'a/x', 'z']);
});

test('no link is opened, neither the file nor a folder on the way', async () => {
  const secret = makeDirectory({ x: 'secret' });
  const root = makeDirectory({
    link: `-> ${secret}/x`,
    folder: `-> ${secret}`,
    'real/x': 'mine',
    'real/d': null,
  });
  await expect(openFile(root, 'link')).rejects.toThrow();
  await expect(openFile(root, 'folder/x')).rejects.toMatchObject({ code: 'conflict' });
  await expect(openFile(root, 'real/d')).rejects.toThrow();
  await expect(openFile(root, `../${path.basename(secret)}/x`)).rejects.toMatchObject({ code: 'conflict' });
  const { handle, size } = await openFile(root, 'real/x');
  expect(size).toBe(4);
  expect(await handle.readFile('utf8')).toBe('mine');
  await handle.close();
});

test('the Dockerfile is read inside the context only', async () => {
  const secret = makeDirectory({ x: 'secret' });
  const root = makeDirectory({
    Dockerfile: 'FROM a',
    'sub/Other.dockerfile': 'FROM b',
    inside: '-> sub/Other.dockerfile',
    outside: `-> ${secret}/x`,
    folder: null,
  });
  expect(await readDockerfile(root, 'Dockerfile')).toBe('FROM a');
  expect(await readDockerfile(root, 'sub/Other.dockerfile')).toBe('FROM b');
  expect(await readDockerfile(root, 'inside')).toBe('FROM b');
  const wrong = [
    '../x',
    '/etc/passwd',
    'outside',
    'folder',
    'none',
    '',
    'a//b',
    './x',
    'a\\b',
    'x'.repeat(1_000_000),
  ];
  for (const file of wrong) {
    const error = await readDockerfile(root, file).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'invalid_input' });
    expect((error as Error).message).not.toContain('secret');
  }
  addFiles(root, { huge: Buffer.alloc(1024 * 1024 + 1) });
  await expect(readDockerfile(root, 'huge')).rejects.toMatchObject({ code: 'invalid_input' });
});

async function unpack(directory: string, excludes: ContextRules['excludes'] = () => false) {
  const { tar, sent } = await packContext({ directory, sharedKey: '', excludes }, 'docker/Dockerfile');
  const found: Record<string, string> = {};
  for await (const entry of tar.pipe(extract())) {
    const { name, type, linkname, uid, gid } = entry.header;
    expect([uid, gid]).toEqual([0, 0]);
    found[name] = type === 'file' ? await text(entry) : `${type} ${linkname ?? ''}`.trim();
    entry.resume();
  }
  return { found, sent };
}

test('the tar of a context has what the walk gives, and always the Dockerfile', async () => {
  const root = makeDirectory({
    'docker/Dockerfile': 'FROM a',
    'docker/other': 'x',
    '.dockerignore': 'docker',
    'ü/😀': 'unicode',
    link: '-> /etc/passwd',
    empty: '',
    'large file': Buffer.alloc(700_001, 'x'),
  });
  const { found, sent } = await unpack(root, (file) => file.startsWith('docker') || file === '.dockerignore');
  expect(found).toEqual({
    '.dockerignore': 'docker',
    docker: 'directory',
    'docker/Dockerfile': 'FROM a',
    empty: '',
    'large file': 'x'.repeat(700_001),
    link: 'symlink /etc/passwd',
    ü: 'directory',
    'ü/😀': 'unicode',
  });
  expect(sent.bytes).toBe(19 + 700_001);
});

test('a file that goes away under the tar is an error, not a shorter file', async () => {
  const root = makeDirectory({ a: 'x', b: 'y' });
  const { tar, sent } = await packContext(
    {
      directory: root,
      sharedKey: '',
      excludes: (file) => {
        if (file === 'b') renameSync(path.join(root, 'b'), path.join(root, 'c'));
        return false;
      },
    },
    'Dockerfile',
  );
  await expect(text(tar)).rejects.toThrow();
  expect(sent.error?.message).toMatch(/^The build context cannot be read: ENOENT/);
});

test('a tar that nobody reads any more stops reading files', async () => {
  const root = makeDirectory({ large: Buffer.alloc(20_000_000), other: 'x' });
  const { tar, sent } = await packContext(
    { directory: root, sharedKey: '', excludes: () => false },
    'Dockerfile',
  );
  for await (const chunk of tar as AsyncIterable<Buffer>) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  tar.destroy();
  await setTimeout(100);
  const { bytes } = sent;
  expect(bytes).toBeLessThan(5_000_000);
  await setTimeout(50);
  expect(sent).toEqual({ bytes, error: null });
});
