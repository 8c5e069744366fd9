import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test, vi } from 'vitest';
import { extract } from 'tar-stream';
import { digestContext } from './digest';
import { openFile } from './files';
import { parsePatterns } from './ignore';
import { previewFolder } from './preview';
import { readDockerfile } from './read-dockerfile';
import { rulesOf } from './rules';
import { packContext } from './tar';
import { type ContextParts, makeContext, readContent } from './testing/context';
import { walkContext, type WalkOptions } from './walk';
import { packingOf } from '@/lib/tar/packing';
import { addFiles, makeDirectory, removeDirectories } from '@/lib/engine/testing/directory';

afterAll(removeDirectories);

async function walk(root: string, options: WalkOptions = {}) {
  const paths: string[] = [];
  for await (const entries of walkContext(root, options))
    for (const entry of entries) {
      const mark = entry.type === 'symlink' ? ` -> ${entry.linkname}` : entry.type === 'directory' ? '/' : '';
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

test('pipes and sockets are skipped', async () => {
  const root = makeDirectory({ a: '' });
  execFileSync('mkfifo', [path.join(root, 'pipe')]);
  expect(await walk(root)).toEqual(['a']);
});

const rules = (...lines: string[]) => rulesOf(parsePatterns(lines.join('\n')));

test('an excluded directory is sent only for included entries', async () => {
  const root = makeDirectory({ 'out/keep': '', 'out/drop': '', 'out/deep/x': '', 'other/x': '', in: '' });
  expect(await walk(root, { ignore: rules('out', 'other') })).toEqual(['in']);
  expect(await walk(root, { ignore: rules('out', 'other', '!out/keep') })).toEqual([
    'in',
    'out/',
    'out/keep',
  ]);
  expect(await walk(root, { ignore: rules('out', 'other', '!**/none') })).toEqual(['in']);
});

test('excluded entries are listed on request', async () => {
  const root = makeDirectory({ 'out/keep': '', 'out/drop/x': '', in: '' });
  const listed = async (showIgnored: () => boolean) => {
    const found: [string, boolean][] = [];
    for await (const entries of walkContext(root, { ignore: rules('out', '!out/keep'), showIgnored }))
      for (const entry of entries) found.push([entry.path, entry.ignored ?? false]);
    return found;
  };
  expect(await listed(() => false)).toEqual([
    ['in', false],
    ['out', true],
    ['out/drop', true],
    ['out/keep', false],
  ]);
  expect(await listed(() => true)).toContainEqual(['out/drop/x', true]);
});

test('a walk can start in a subdirectory, with the rules of its parents', async () => {
  const root = makeDirectory({ 'a/b/c': '', 'a/b/d': '', 'a/e': '' });
  expect(await walk(root, { from: 'a/b', ignore: rules('a/b/d') })).toEqual(['a/b/c']);
  expect(await walk(root, { from: 'a/b', ignore: rules('a', '!a/b/d') })).toEqual(['a/b/d']);
});

test.each([
  [
    '**/node_modules\n!**/keep.txt',
    ['a.js', 'empty/', 'node_modules/', 'node_modules/q/', 'node_modules/q/keep.txt', 'sub/'],
  ],
  ['*\n!*.js\n!sub/**', ['a.js', 'sub/', 'sub/node_modules/', 'sub/node_modules/z.js']],
  ['node_modules', ['a.js', 'empty/', 'sub/', 'sub/node_modules/', 'sub/node_modules/z.js']],
])('with %j the tar, the digest and the preview have the same', async (ignored, expected) => {
  const directory = makeDirectory({
    'a.js': 'x',
    'node_modules/p/index.js': 'xx',
    'node_modules/q/keep.txt': 'xxx',
    'sub/node_modules/z.js': 'x',
    empty: null,
  });
  const context = makeContext({ directory, ignored });
  const sent: string[] = [];
  for await (const entry of packContext(context, readContent(context)).tar.pipe(extract())) {
    sent.push(entry.header.name + (entry.header.type === 'directory' ? '/' : ''));
    entry.resume();
  }
  const digest = await digestContext(context, new AbortController().signal);
  const previewed: string[] = [];
  const look = async (folder: string) => {
    const { nodes } = await previewFolder(context, folder);
    for (const node of nodes) {
      const isFolder = node.type === 'directory';
      if (!node.ignored || node.files > 0) previewed.push(node.path + (isFolder ? '/' : ''));
      if (isFolder) await look(node.path);
    }
  };
  await look('');
  const plain = (paths: string[]) => paths.map((file) => file.replace(/\/$/, '')).toSorted();
  expect(sent).toEqual(expected);
  expect(digest.files.map(({ path: file }) => file)).toEqual(plain(sent));
  expect(previewed.toSorted()).toEqual(sent.toSorted());
});

test('replacing a directory by a link during the walk ends it', async () => {
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

test('links are not opened, neither files nor parent directories', async () => {
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

const packed = (parts: ContextParts) => {
  const context = makeContext(parts);
  return packContext(context, readContent(context));
};

async function unpack(directory: string, ignored: string) {
  const { tar, sent } = packed({ directory, dockerfile: 'docker/Dockerfile', ignored });
  const found: Record<string, string> = {};
  for await (const entry of tar.pipe(extract())) {
    const { name, type, linkname, uid, gid } = entry.header;
    expect([uid, gid]).toEqual([0, 0]);
    found[name] = type === 'file' ? await text(entry) : `${type} ${linkname ?? ''}`.trim();
    entry.resume();
  }
  return { found, sent };
}

test('the tar of a context has the entries of the walk, and always the Dockerfile', async () => {
  const root = makeDirectory({
    'docker/Dockerfile': 'FROM a',
    'docker/other': 'x',
    '.dockerignore': 'docker',
    'ü/😀': 'unicode',
    link: '-> /etc/passwd',
    empty: '',
    'large file': Buffer.alloc(700_001, 'x'),
  });
  const { found, sent } = await unpack(root, 'docker\n.dockerignore');
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

test('the tar has the Dockerfile that was read, also if it or its link was changed since', async () => {
  const directory = makeDirectory({ plain: 'FROM a', other: 'FROM evil', Dockerfile: '-> plain' });
  const contentOf = async ({ tar }: ReturnType<typeof packContext>) => {
    const found: Record<string, string> = {};
    for await (const entry of tar.pipe(extract())) {
      found[entry.header.name] = entry.header.linkname ?? (await text(entry));
      entry.resume();
    }
    return found;
  };
  const contexts = ['plain', 'Dockerfile'].map((dockerfile) => makeContext({ directory, dockerfile }));
  const read = contexts.map(readContent);
  addFiles(directory, { plain: 'FROM evil' });
  rmSync(path.join(directory, 'Dockerfile'));
  symlinkSync('other', path.join(directory, 'Dockerfile'));
  expect(await contentOf(packContext(contexts[0]!, read[0]!))).toMatchObject({ plain: 'FROM a' });
  expect(await contentOf(packContext(contexts[1]!, read[1]!))).toEqual({
    plain: 'FROM a',
    other: 'FROM evil',
    Dockerfile: 'plain',
  });
});

test('the tar does not start with a name that looks like compression', async () => {
  const root = makeDirectory({ BZh91AY: 'x', Dockerfile: 'FROM a' });
  const chunks: Buffer[] = [];
  for await (const chunk of packed({ directory: root }).tar) chunks.push(chunk as Buffer);
  const tar = Buffer.concat(chunks);
  expect(tar.toString('latin1', 0, 3)).not.toBe('BZh');
  expect(packingOf(tar)).toBe('tar');
  const listed = execFileSync('tar', ['-t'], { input: tar, encoding: 'utf8' });
  expect(listed.split('\n').map((name) => path.normalize(name || '.'))).toContain('BZh91AY');
});

test('a file removed during packing is an error, not a shorter file', async () => {
  vi.spyOn(performance, 'now').mockReturnValue(0); // both names are read in one turn, however slow the machine is
  const root = makeDirectory({ a: Buffer.alloc(1_000_000), b: 'y' });
  const { tar, sent } = packed({ directory: root });
  const reading = (async () => {
    for await (const chunk of tar)
      if ((chunk as Buffer).length > 0) rmSync(path.join(root, 'b'), { force: true });
  })();
  await expect(reading).rejects.toThrow();
  expect(sent.error?.message).toMatch(/^The build context cannot be read: ENOENT/);
});

test('closing the tar stops reading files', async () => {
  const root = makeDirectory({ large: Buffer.alloc(20_000_000), other: 'x' });
  const { tar, sent } = packed({ directory: root });
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
