import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, expect, test } from 'vitest';
import { limits } from '@/lib/uploads/schema';
import { pax, tar, tarEntry, zip, zstd } from './test-archives';
import { unpackArchive, type UnpackOptions } from './unpack';

const base = mkdtempSync(path.join(os.tmpdir(), 'layerwright-unpack-'));
afterAll(() => rmSync(base, { recursive: true }));

let count = 0;

async function unpack(archive: Buffer | string, options: Partial<UnpackOptions> = {}) {
  const directory = path.join(base, `out-${++count}`);
  mkdirSync(directory);
  let file = archive;
  if (typeof file !== 'string') writeFileSync((file = path.join(base, `archive-${count}`)), archive);
  const unpacked = await unpackArchive(file, directory, {
    strip: true,
    guessModes: false,
    signal: new AbortController().signal,
    ...options,
  });
  return { ...unpacked, tree: list(unpacked.root) };
}

/** `path mode content`, sorted. */
function list(directory: string, below = ''): string[] {
  return readdirSync(path.join(directory, below))
    .toSorted()
    .flatMap((name) => {
      const file = below ? `${below}/${name}` : name;
      const full = path.join(directory, file);
      const stats = lstatSync(full);
      const mode = (stats.mode & 0o7777).toString(8);
      if (stats.isSymbolicLink()) return [`${file} -> ${readlinkSync(full)}`];
      if (stats.isDirectory()) return [`${file}/ ${mode}`, ...list(directory, file)];
      return [`${file} ${mode} ${readFileSync(full, 'latin1').slice(0, 20)}`.trim()];
    });
}

const files = [
  { name: 'Dockerfile', content: 'FROM a\n' },
  { name: 'src/run.sh', content: '#!/bin/sh\n', mode: 0o4755 },
  { name: 'src/plain.txt', content: 'plain', mode: 0o600 },
];
const unpackedFiles = [
  'Dockerfile 644 FROM a',
  'src/ 755',
  'src/plain.txt 644 plain',
  'src/run.sh 755 #!/bin/sh',
];

test.each([
  ['tar', tar(...files)],
  ['tar.gz', gzipSync(tar(...files))],
  [
    'tar.gz',
    Buffer.concat([gzipSync(tar(...files).subarray(0, 700)), gzipSync(tar(...files).subarray(700))]),
  ],
  ['tar.zst', zstd(tar(...files))],
  ['tar.zst', Buffer.concat([zstd(tar(...files).subarray(0, 700)), zstd(tar(...files).subarray(700))])],
  ['zip', zip(files.map(({ mode = 0o644, ...part }) => ({ ...part, mode: 0o100000 | mode })))],
])(
  'a %s archive is told by its content and unpacked, modes kept as far as they matter',
  async (format, archive) => {
    const unpacked = await unpack(archive);
    expect(unpacked).toMatchObject({ format, files: 3, warnings: [], stripped: null });
    expect(unpacked.tree).toEqual(unpackedFiles);
  },
);

/** `zstd -19` of a tar with a top directory: compressed blocks, a window and a checksum. */
const compressed = `KLUv/QRoDRUAikswCSEwa1PQHND4Lg4RX6lc70PBRphStImICJHSdmBlmVEUDtqvAHwAfABUTy11a9aiHvTRRhdN9NBClyYt6DHf
bHPNNM8sc2fOYh7yySaXTPLIIlemLOTRr1uvTn269HZ20Qc/brw48eHCy8kFH992Tc9yJysygmVwgAHBgoICBAYaGgiSCRAaFhYs
JGjAACEBAAEIDcsFCwgaNCgcdiAB4YGFBoQDAgowYABxcCAhJc6UggUYJKCgQAEEEgQ4MCQkKBwODhQOYFhoONDBwSiC4kBk4pCg
gQSGY/gNt+E1nIbPcBne4Rwuhg/hJ9yEl3ASPsJFeIVTuBA+yq/cyqucyqdcylvOclE+yI/cyIucyIdcyEtOckE+BD/BTfASnAQf
wUXwCk7BheBjfGMb15jGM5ZxxxyL8bjvtrtuuueWuzdvcQ/7bLPLJntssWvTFvaor7a66n3apb3tbBftg/3Yjb3YiX3Yhb3sZBfs
Q/QT3UQv0Un0EV1Er+gUXYg+Br/BbfAanAafwWXwDs7BxeDj+B2343Wcjs9xOd7jPC6OD+Nn3IyXcTI+xsV4jdO4MD6KX3ErXsWp
+BSX4i3O4qL4IH7EjXgRJ+JDXIiXOIkL4gFCyGP0G91Gr9Fp9BldRu/oHF2MPq7fdbte1+n6XJfrvc7r4vqwftbNelkn62NdrNc6
rQvro/pVt+pVnapPdane6qwuqg/qR92oF3WiPtSFeqmTuqA+pt90m17TafpMl+mdzuli+pB+0k16SSfpI12kVzqlC+mj/dqtvdqp
AR0gIC0oKGkdwzOIPTAEfY+qdKxK6khT6QOu4SxVshgQSs9APABTzxgqUYfxgJs1ACvwjqrAqkaH2eN8cAALjJOCsQNsf3CkdyVA
BwYFMJ7EG720hzQ=`;

test('an archive of zstd is read, and its single top directory is stripped', async () => {
  const unpacked = await unpack(Buffer.from(compressed, 'base64'));
  expect(unpacked).toMatchObject({ format: 'tar.zst', stripped: 'top', files: 3 });
  expect(unpacked.tree).toEqual([
    'Dockerfile 644 FROM busybox',
    'run.sh 755 #!/bin/sh',
    'sub/ 755',
    'sub/numbers.txt 644 1\n2\n3\n4\n5\n6\n7\n8\n9\n10',
  ]);
});

test('all formats of GNU tar are read', async () => {
  const from = path.join(base, 'from');
  const deep = `${'long-directory-name/'.repeat(9)}ünïcode`;
  mkdirSync(path.join(from, deep), { recursive: true });
  writeFileSync(path.join(from, deep, 'x'.repeat(120)), 'long');
  writeFileSync(path.join(from, 'hard'), 'one');
  execFileSync('ln', [path.join(from, 'hard'), path.join(from, 'hard2')]);
  symlinkSync(deep, path.join(from, 'link'));
  writeFileSync(path.join(from, 'script'), '#!/bin/sh');
  chmodSync(path.join(from, 'script'), 0o755);
  const trees = [];
  for (const format of ['gnu', 'pax', 'oldgnu', 'posix']) {
    const archive = path.join(base, `${format}.tar`);
    execFileSync('tar', ['-C', from, `--format=${format}`, '-cf', archive, '.']);
    trees.push((await unpack(archive)).tree);
  }
  for (const tree of trees) expect(tree).toEqual(list(from));
  expect(trees[0]).toHaveLength(15);
});

test('archives of tar-stream are read', async () => {
  const stream = pack();
  stream.entry({ name: `${'a/'.repeat(60)}ü.txt`, mtime: new Date(0) }, 'text');
  stream.entry({ name: 'link', type: 'symlink', linkname: 'a' });
  stream.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  const { tree } = await unpack(Buffer.concat(pieces));
  expect(tree.at(-2)).toBe(`${'a/'.repeat(60)}ü.txt 644 text`);
  expect(tree.at(-1)).toBe('link -> a');
});

test('the size in a pax header counts, as large files need it', async () => {
  const { tree } = await unpack(
    tar(pax({ size: '5' }), { name: 'x', size: '00000000000\0', content: 'hello' }),
  );
  expect(tree).toEqual(['x 644 hello']);
});

test('old archives without a magic number, and directories by name alone, are read', async () => {
  const { tree } = await unpack(
    tar(
      { name: 'd/', magic: '' },
      { name: 'd/x', magic: '', type: '\0', content: 'x' },
      { name: 'e', magic: '' },
    ),
  );
  expect(tree).toEqual(['d/ 755', 'd/x 644 x', 'e 644']);
});

test('a tar whose first name starts like another format is a tar', async () => {
  const { tree } = await unpack(tar({ name: 'BZh91AY', content: 'x' }));
  expect(tree).toEqual(['BZh91AY 644 x']);
});

test('a link stays a link, and is made last', async () => {
  const { tree } = await unpack(
    tar(
      { name: 'current', type: '2', linkname: 'releases/2' },
      { name: 'releases/2/x', content: 'x' },
      { name: 'gone', type: '2', linkname: 'not/there' },
    ),
  );
  expect(tree).toEqual([
    'current -> releases/2',
    'gone -> not/there',
    'releases/ 755',
    'releases/2/ 755',
    'releases/2/x 644 x',
  ]);
});

test('a hard link becomes a file of its own', async () => {
  const { root } = await unpack(
    tar({ name: 'a', content: 'one' }, { name: 'b', type: '1', linkname: './a' }),
  );
  writeFileSync(path.join(root, 'a'), 'two');
  expect(readFileSync(path.join(root, 'b'), 'utf8')).toBe('one');
});

test('a hard link to a link is that link', async () => {
  const { tree } = await unpack(
    tar({ name: 'x' }, { name: 'a', type: '2', linkname: 'x' }, { name: 'b', type: '1', linkname: 'a' }),
  );
  expect(tree).toEqual(['a -> x', 'b -> x', 'x 644']);
});

test('a single top directory is stripped only on request, and only if it is the only entry', async () => {
  const inTop = tar({ name: 'top/Dockerfile' });
  expect((await unpack(inTop)).tree).toEqual(['Dockerfile 644']);
  expect((await unpack(inTop, { strip: false })).tree).toEqual(['top/ 755', 'top/Dockerfile 644']);
  expect((await unpack(tar({ name: 'src/x' }, { name: 'Dockerfile' }))).stripped).toBeNull();
  expect((await unpack(tar({ name: './top/', type: '5' }))).tree).toEqual([]);
});

test('the top directory stays when a link needs it', async () => {
  const unpacked = await unpack(
    tar({ name: 'top/x' }, { name: 'top/link', type: '2', linkname: '../top/x' }),
  );
  expect(unpacked.stripped).toBeNull();
  expect(unpacked.tree).toEqual(['top/ 755', 'top/link -> ../top/x', 'top/x 644']);
});

test('without known modes, scripts and programs are executable', async () => {
  const parts = [
    { name: 'script', content: '#!/bin/sh\n' },
    { name: 'program', content: '\x7fELF...' },
    { name: 'text', content: 'x', mode: 0o777 },
  ];
  expect((await unpack(tar(...parts), { guessModes: true })).tree).toEqual([
    'program 755 \x7fELF...',
    'script 755 #!/bin/sh',
    'text 644 x',
  ]);
  expect((await unpack(zip(parts.map(({ name, content }) => ({ name, content }))))).tree[1]).toBe(
    'script 755 #!/bin/sh',
  );
});

test('names that are one on other systems are warned about', async () => {
  const { warnings } = await unpack(
    tar({ name: 'Readme' }, { name: 'README' }, { name: 'caf\u00e9' }, { name: 'cafe\u0301' }),
  );
  expect(warnings).toEqual([
    '“Readme” and “README” are the same name on some systems.',
    '“caf\u00e9” and “cafe\u0301” are the same name on some systems.',
  ]);
});

test('a missing end mark is warned about', async () => {
  expect((await unpack(tarEntry({ name: 'x' }))).warnings).toEqual([
    'The archive has no end mark: it may have been cut off.',
  ]);
});

test('metadata of macOS is skipped', async () => {
  const unpacked = await unpack(zip([{ name: 'site/index.html' }, { name: '__MACOSX/site/._index.html' }]));
  expect(unpacked).toMatchObject({ stripped: 'site', tree: ['index.html 644'] });
  expect(unpacked.warnings).toEqual(['The macOS metadata in “__MACOSX” was skipped.']);
});

test('progress is reported, and an abort ends the work', async () => {
  const seen: number[] = [];
  await unpack(tar(...files), { onProgress: async ({ entries }) => void seen.push(entries) });
  expect(seen.at(-1)).toBe(3);
  const controller = new AbortController();
  const endless = unpack(tar(...files), {
    signal: controller.signal,
    onProgress: async () => controller.abort(new Error('stop')),
  });
  await expect(endless).rejects.toThrow('stop');
});

test('a good archive near the limits is accepted', async () => {
  const content = Buffer.alloc(1_000_000, 'abcdefgh');
  const unpacked = await unpack(tar({ name: 'x', content }, ...files), {
    limits: { ...limits, entries: 5, unpackedBytes: 1_100_000, ratioFromBytes: 1000 },
  });
  expect(unpacked.files).toBe(4);
});
