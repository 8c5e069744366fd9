import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { forget } from '@/lib/remember';
import { stagingDirectory } from '@/lib/uploads/directories';
import { limits } from '@/lib/uploads/schema';
import { withStaging } from '@/lib/uploads/staging';
import { endMark, pax, tar, tarEntry, type TarPart, zip, zstd } from './test-archives';
import { unpackArchive } from './unpack';

const base = mkdtempSync(path.join(os.tmpdir(), 'layerwright-hostile-'));
const canary = path.join(base, 'canary');
const neighbour = path.join(base, 'neighbour');

beforeAll(() => {
  process.env.LAYERWRIGHT_DATA = path.join(base, 'data');
  forget('env');
  writeFileSync(canary, 'untouched');
  mkdirSync(neighbour);
});

afterAll(() => rmSync(base, { recursive: true }));

const files = (directory: string) => (existsSync(directory) ? readdirSync(directory) : []);

// Nothing outside has changed, and nothing is left inside.
afterEach(() => {
  expect(readFileSync(canary, 'utf8')).toBe('untouched');
  expect(
    readdirSync(base)
      .filter((name) => name !== 'archive')
      .toSorted(),
  ).toEqual(['canary', 'data', 'neighbour']);
  expect(files(neighbour)).toEqual([]);
  expect(files(stagingDirectory())).toEqual([]);
});

const small = { ...limits, unpackedBytes: 2_000_000, entries: 300, ratioFromBytes: 100_000 };

async function unpack(archive: Buffer, use = small) {
  const file = path.join(base, 'archive');
  writeFileSync(file, archive);
  return withStaging((directory) =>
    unpackArchive(file, directory, {
      strip: true,
      guessModes: false,
      signal: new AbortController().signal,
      limits: use,
    }),
  );
}

async function refusal(archive: Buffer, use = small): Promise<AppError> {
  const error = await unpack(archive, use).then(
    () => new Error('It was accepted.'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error;
  expect(['invalid_input', 'too_large']).toContain(error.code);
  expect(error.hint).toBe('Nothing was kept.');
  return error;
}

const dockerfile: TarPart = { name: 'Dockerfile', content: 'FROM scratch\n' };
const manyFiles = (count: number): TarPart[] =>
  Array.from({ length: count }, (_, index) => ({ name: `many/${index}` }));

const out = '../'.repeat(12);
const escape = `${out}${base.slice(1)}/canary`;

const blockHead = (type: number, size: number) => {
  const head = Buffer.alloc(3);
  head.writeUIntLE((size << 3) | (type << 1), 0, 3);
  return head;
};
const rawBlock = (content: Buffer) => Buffer.concat([blockHead(0, content.length), content]);
const zeroBlock = (size: number) => Buffer.concat([blockHead(1, size), Buffer.alloc(1)]);
const zstdOf = (...blocks: Buffer[]) => Buffer.concat([Buffer.from('28b52ffd0038', 'hex'), ...blocks]);

const tars: [what: string, archive: () => Buffer, message: RegExp][] = [
  ['a path that climbs out', () => tar({ name: '../x' }), /“\.\.\/x” points outside/],
  ['a path that climbs to the canary', () => tar({ name: escape, content: 'gone' }), /points outside/],
  [
    'a path that climbs out after going in',
    () => tar({ name: 'a/../../x' }),
    /“a\/\.\.\/\.\.\/x” points outside/,
  ],
  ['a path that ends in ..', () => tar({ name: 'a/..', type: '5' }), /points outside/],
  ['an absolute path', () => tar({ name: '/etc/passwd' }), /“\/etc\/passwd” has an absolute path/],
  ['an absolute path in the ustar prefix', () => tar({ name: 'x', prefix: '/etc' }), /absolute path/],
  ['a drive letter', () => tar({ name: 'C:/x' }), /absolute path/],
  ['a backslash', () => tar({ name: '..\\x' }), /backslash/],
  ['NUL in a pax path', () => tar(pax({ path: 'a\0b' }), dockerfile), /“a\\0b” has a NUL/],
  ['a pax path that climbs out', () => tar(pax({ path: '../x' }), dockerfile), /“\.\.\/x” points outside/],
  ['a pax path that is empty', () => tar(pax({ path: '' }), dockerfile), /no name/],
  ['a global pax path', () => tar(pax({ path: 'x' }, 'g'), dockerfile), /renames all entries/],
  [
    'a GNU long name that climbs out',
    () => tar({ name: '././@LongLink', type: 'L', content: '../x\0' }, dockerfile),
    /points outside/,
  ],
  [
    'a pax header that is cut',
    () => tar({ name: 'PaxHeader', type: 'x', content: '99 path=x\n' }),
    /damaged pax header/,
  ],
  [
    'a pax header of many megabytes',
    () => tar({ name: 'PaxHeader', type: 'x', content: Buffer.alloc(300_000) }),
    /too large/,
  ],
  [
    'a link to an absolute path',
    () => tar({ name: 'a', type: '2', linkname: '/etc/passwd' }),
    /“a” is a link to an absolute path/,
  ],
  [
    'a link that leads out',
    () => tar(dockerfile, { name: 'd/a', type: '2', linkname: '../../x' }),
    /“d\/a” is a link that points outside/,
  ],
  [
    'a link that leads out through another link',
    () =>
      tar(
        dockerfile,
        { name: 'here', type: '2', linkname: '.' },
        { name: 'a', type: '2', linkname: 'here/../x' },
      ),
    /“a” is a link that points outside/,
  ],
  [
    'a link, and then a file through it',
    () => tar({ name: 'd', type: '2', linkname: base }, { name: 'd/canary', content: 'gone' }),
    /“d\/canary” is below “d”, which is a link/,
  ],
  [
    'a link that takes the place of a directory',
    () => tar({ name: 'd', type: '5' }, { name: 'd', type: '2', linkname: neighbour }, { name: 'd/x' }),
    /“d” exists twice/,
  ],
  ['a link to itself', () => tar(dockerfile, { name: 'a', type: '2', linkname: 'a' }), /link loop/],
  [
    'two links in a circle',
    () => tar(dockerfile, { name: 'a', type: '2', linkname: 'b' }, { name: 'b', type: '2', linkname: 'a' }),
    /link loop/,
  ],
  ['a link without a target', () => tar(dockerfile, { name: 'a', type: '2' }), /without a valid target/],
  [
    'a hard link to an absolute path',
    () => tar(dockerfile, { name: 'a', type: '1', linkname: canary }),
    /absolute path/,
  ],
  [
    'a hard link that leads out',
    () => tar(dockerfile, { name: 'a', type: '1', linkname: escape }),
    /points outside/,
  ],
  [
    'a hard link to nothing',
    () => tar(dockerfile, { name: 'a', type: '1', linkname: 'b' }),
    /“a” is a hard link to “b”/,
  ],
  [
    'a hard link to a directory',
    () => tar({ name: 'd', type: '5' }, { name: 'a', type: '1', linkname: 'd' }),
    /“a” is a hard link/,
  ],
  [
    'hard links as a bomb',
    () =>
      tar(
        { name: 'big', content: Buffer.alloc(400_000, 1) },
        ...[1, 2, 3, 4, 5].map((n) => ({ name: `copy${n}`, type: '1', linkname: 'big' })),
      ),
    /unpacks to more than 2 MB/,
  ],
  ['a character device', () => tar({ name: 'null', type: '3' }), /“null” is a character device/],
  ['a block device', () => tar({ name: 'sda', type: '4' }), /“sda” is a block device/],
  ['a FIFO', () => tar({ name: 'pipe', type: '6' }), /“pipe” is a FIFO/],
  ['a socket', () => tar({ name: 'docker.sock', type: 's' }), /“docker.sock” is a socket/],
  ['an entry of no known kind', () => tar({ name: 'x', type: 'Q' }), /“x” is of an unknown type/],
  ['a sparse file', () => tar({ name: 'x', type: 'S' }), /sparse/],
  [
    'a sparse file in pax',
    () => tar(pax({ 'GNU.sparse.name': 'x', 'GNU.sparse.size': '9' }), dockerfile),
    /“x” is stored as a sparse/,
  ],
  ['a negative size', () => tar({ name: 'x', size: '\xff'.repeat(12) }), /“x” has an invalid size/],
  ['a huge size', () => tar({ name: 'x', size: '\x80\x7f'.padEnd(12, '\xff') }), /“x” has an invalid size/],
  ['a size that is no number', () => tar({ name: 'x', size: '12x45678901\0' }), /invalid size/],
  ['a negative size in pax', () => tar(pax({ size: '-1' }), { name: 'x' }), /invalid size/],
  ['a size beyond the archive', () => tar({ name: 'x', size: '00000177777\0' }), /“x” is cut off/],
  [
    'a size beyond the limit',
    () => tar({ name: 'x', content: Buffer.alloc(2_100_000, 1) }),
    /more than 2 MB/,
  ],
  ['a wrong checksum', () => tar({ name: 'x', checksum: 1 }), /checksum/],
  [
    'a wrong checksum behind a good entry',
    () => tar(dockerfile, { name: 'x', checksum: 1 }),
    /after its entry “Dockerfile”/,
  ],
  [
    'an archive cut in a file',
    () => tar({ name: 'x', content: 'y'.repeat(2000) }).subarray(0, 1024),
    /“x” is cut off/,
  ],
  [
    'an archive cut in a header',
    () => tar(dockerfile, dockerfile).subarray(0, 1200),
    /after its entry “Dockerfile”/,
  ],
  ['an archive cut behind a pax header', () => tarEntry(pax({ path: 'x' })), /middle of a header/],
  [
    'an archive behind the archive',
    () => Buffer.concat([tar(dockerfile), tar({ name: 'hidden' })]),
    /has data after its end mark/,
  ],
  [
    'a file twice',
    () => tar(dockerfile, { name: 'Dockerfile', content: 'FROM evil\n' }),
    /“Dockerfile” exists twice/,
  ],
  [
    'a file twice, once in disguise',
    () => tar(dockerfile, { name: './/Dockerfile' }),
    /“Dockerfile” exists twice/,
  ],
  [
    'a file that is also a directory',
    () => tar({ name: 'a' }, { name: 'a/b' }),
    /“a\/b” is below “a”, which is a file/,
  ],
  [
    'a directory that is also a file',
    () => tar({ name: 'a/b' }, { name: 'a' }),
    /“a” exists twice, once as a directory/,
  ],
  ['a path that is too deep', () => tar(pax({ path: 'd/'.repeat(100) + 'x' }), dockerfile), /deeper than 64/],
  [
    'a path of 100,000 directories',
    () => tar(pax({ path: 'd/'.repeat(100_000) + 'x' }), dockerfile),
    /more than 4096 bytes/,
  ],
  ['a name that is too long', () => tar(pax({ path: 'x'.repeat(256) }), dockerfile), /name of more than 255/],
  [
    'a name that is not UTF-8',
    () => tar({ name: '././@LongLink', type: 'L', content: Buffer.from('caf\xe9\0', 'latin1') }, dockerfile),
    /“café” has a name that is not valid UTF-8/,
  ],
  ['too many entries', () => tar(...manyFiles(301)), /more than 300 entries/],
  [
    'too many directories in few entries',
    () => tar(...[1, 2, 3, 4, 5, 6, 7].map((n) => ({ name: `${n}/` + 'd/'.repeat(48) + 'x' }))),
    /more than 300 entries/,
  ],
  [
    'a gzip bomb',
    () => gzipSync(tar({ name: 'zeros', content: Buffer.alloc(1_900_000) })),
    /more than 200 times/,
  ],
  ['a gzip of nothing but zeros', () => gzipSync(Buffer.alloc(5_000_000)), /more than/],
  ['a gzip that is cut', () => gzipSync(tar(dockerfile)).subarray(0, 60), /cut off: its gzip/],
  ['a gzip that is damaged', () => gzipSync(tar(dockerfile)).fill(0xff, 20, 60), /damaged: its gzip/],
  ['a gzip of a single file', () => gzipSync('hello '.repeat(1000)), /is not a tar/],
  ['a zstd with a giant window', () => zstd(tar(dockerfile), 20), /zstd window of 1.07 GB/],
  ['a zstd that is cut', () => zstd(tar(dockerfile)).subarray(0, 700), /cut off: its zstd/],
  [
    'a zstd that is damaged',
    () => Buffer.concat([zstd(tar(dockerfile)), Buffer.from('garbage!')]),
    /damaged: its zstd/,
  ],
  [
    'a zstd bomb',
    () =>
      zstdOf(
        rawBlock(tarEntry({ name: 'zeros', size: '00007777777\0' })),
        ...Array.from({ length: 15 }, () => zeroBlock(131_072)),
      ),
    /more than 200 times/,
  ],
  ['a zstd block beyond the size of blocks', () => zstdOf(zeroBlock(131_073)), /damaged: its zstd/],
  ['a zstd with an unknown block', () => zstd(tar(dockerfile)).fill(0xff, 6, 7), /damaged: its zstd/],
  ['an empty file', () => Buffer.alloc(0), /is empty/],
  ['an archive of nothing', () => Buffer.from('hello'), /unknown format/],
  ['a format that is not known here', () => Buffer.from('fd377a585a000000', 'hex'), /xz format/],
];

const link = 0o120777;
const zips: [what: string, archive: () => Buffer, message: RegExp][] = [
  ['a path that climbs out', () => zip([{ name: '../x' }]), /“\.\.\/x” points outside/],
  ['a path that climbs to the canary', () => zip([{ name: escape, content: 'gone' }]), /points outside/],
  ['an absolute path', () => zip([{ name: '/etc/passwd' }]), /absolute path/],
  ['backslashes', () => zip([{ name: '..\\..\\x' }]), /“\.\.\\\.\.\\x” has a backslash/],
  ['NUL in a name', () => zip([{ name: 'a\0b' }]), /NUL/],
  ['an encrypted entry', () => zip([{ name: 'secret', flags: 0x801 }]), /“secret” is encrypted/],
  [
    'a size of 0 that is a lie',
    () => zip([{ name: 'x', content: 'y'.repeat(5000), lies: { size: 0 } }]),
    /“x” cannot be read/,
  ],
  [
    'a size of 4 GB that is a lie',
    () => zip([{ name: 'x', content: 'y', lies: { size: 0xfffffffe } }]),
    /“x” cannot be read/,
  ],
  [
    'a stored size that is a lie',
    () => zip([{ name: 'x', content: 'yyy', method: 0, lies: { size: 9 } }]),
    /damaged: .*size/,
  ],
  [
    'a compressed size beyond the file',
    () => zip([{ name: 'x', content: 'y', lies: { compressedSize: 5_000_000 } }]),
    /“x” overlaps/,
  ],
  [
    'entries that lie one in the other',
    () =>
      zip([
        { name: 'a', content: 'aaaa', method: 0 },
        { name: 'b', content: 'bbbb', method: 0, lies: { offset: 0 } },
      ]),
    /overlaps another entry/,
  ],
  [
    'a wrong checksum',
    () => zip([{ name: 'x', content: 'y', lies: { crc: 1 } }]),
    /“x” is damaged \(wrong checksum/,
  ],
  [
    'deflate that is corrupt',
    () => zip([{ name: 'x', content: 'y'.repeat(100), raw: Buffer.alloc(30, 0xff) }]),
    /“x” cannot be read/,
  ],
  [
    'a method that is not known',
    () => zip([{ name: 'x', method: 99, raw: Buffer.alloc(4) }]),
    /“x” uses an unknown compression method \(99\)/,
  ],
  ['a device', () => zip([{ name: 'null', mode: 0o020666 }]), /“null” is a device/],
  ['a FIFO', () => zip([{ name: 'pipe', mode: 0o010666 }]), /“pipe” is a device/],
  [
    'a link to an absolute path',
    () => zip([{ name: 'a', content: '/etc/passwd', mode: link }]),
    /“a” is a link to an absolute path/,
  ],
  [
    'a link that leads out',
    () => zip([{ name: 'Dockerfile' }, { name: 'a', content: '../x', mode: link }]),
    /points outside/,
  ],
  [
    'a link, and then a file through it',
    () =>
      zip([
        { name: 'd', content: base, mode: link },
        { name: 'd/canary', content: 'gone' },
      ]),
    /is below “d”/,
  ],
  [
    'a link with a giant target',
    () => zip([{ name: 'a', content: 'x'.repeat(5000), mode: link }]),
    /target that is too long/,
  ],
  ['a file twice', () => zip([{ name: 'a' }, { name: 'a', content: 'b' }]), /“a” exists twice/],
  [
    '65,537 entries, of which it counts one',
    () =>
      zip(
        manyFiles(65_537).map(({ name }) => ({ name, method: 0 })),
        { count: 0xffff },
      ),
    /has 65535 entries/,
  ],
  ['too many entries', () => zip(manyFiles(301).map(({ name }) => ({ name }))), /has 301 entries/],
  ['fewer entries than it says', () => zip([{ name: 'a' }], { count: 9 }), /damaged/],
  ['a bomb', () => zip([{ name: 'zeros', content: Buffer.alloc(1_900_000) }]), /more than 200 times/],
  [
    'more than the limit',
    () => zip([{ name: 'x', content: Buffer.alloc(2_100_000, 'abc'), method: 0 }]),
    /more than 2 MB/,
  ],
  ['a file that is cut', () => zip([{ name: 'a', content: 'b' }]).subarray(0, 60), /damaged/],
  [
    'extra fields that are damaged',
    () => zip([{ name: 'a', extra: Buffer.from([0x0a, 0, 0xff, 0xff, 1]) }]),
    /damaged/,
  ],
];

describe('a tar archive is refused, and nothing is left of it, when it has', () => {
  test.each(tars)('%s', async (_what, archive, message) => {
    expect((await refusal(archive())).message).toMatch(message);
  });
});

describe('a zip archive is refused, and nothing is left of it, when it has', () => {
  test.each(zips)('%s', async (_what, archive, message) => {
    expect((await refusal(archive())).message).toMatch(message);
  });
});

test('an entry’s name cannot play with the page or the log that shows it', async () => {
  const { message } = await refusal(tar({ name: '/evil\u202Etxt\n\u001B[31m' }));
  expect(message).toContain('/evil\\u202etxt\\n\\u001b[31m');
});

test('an archive that is fine is accepted by the same harness', async () => {
  await expect(unpack(tar(dockerfile))).resolves.toMatchObject({ files: 1, warnings: [] });
  await expect(unpack(Buffer.concat([tar(dockerfile), endMark, endMark]))).resolves.toMatchObject({
    files: 1,
  });
});
