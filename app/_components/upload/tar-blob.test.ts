import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import type { FolderListing } from './listing';
import { isArchiveName, withFolderName, withoutEnding } from './listing';
import { archiveFingerprint, folderFingerprint, makeTar } from './tar-blob';
import { tarHeader } from './tar-header';

function listingOf(files: Record<string, string>, emptyDirectories: string[] = []): FolderListing {
  return {
    name: 'site',
    files: Object.entries(files).map(([path, text]) => ({
      path,
      file: new File([text], path.split('/').at(-1)!, { lastModified: 1_700_000_000_500 }),
    })),
    emptyDirectories,
    bytes: Object.values(files).join('').length,
  };
}

/** Lists the archive with the tar program. */
async function unpack(blob: Blob) {
  const reader = extract();
  Readable.from(Buffer.from(await blob.arrayBuffer())).pipe(reader);
  const found: [name: string, type: string, content: string, mtime: number][] = [];
  for await (const entry of reader) {
    const pieces: Buffer[] = [];
    for await (const piece of entry) pieces.push(piece as Buffer);
    const { name, type, mtime } = entry.header;
    found.push([name, type, Buffer.concat(pieces).toString(), mtime.getTime()]);
  }
  return found;
}

const names = [
  'Dockerfile',
  'a b/c.txt',
  'ünïcode/日本語.txt',
  'emoji-🐳.txt',
  `${'d'.repeat(99)}/x`,
  'e'.repeat(100),
  'f'.repeat(101),
  `${'long/'.repeat(200)}file`,
  'ü'.repeat(49),
];

test('the archive is readable by tar, with any names', async () => {
  const listing = listingOf(Object.fromEntries(names.map((name) => [name, `content of ${name}`])));
  const found = await unpack(makeTar(listing));
  expect(found.map(([name, , content]) => [name, content])).toEqual(
    names.map((name) => [name, `content of ${name}`]),
  );
});

test.each([0, 1, 511, 512, 513, 100_000])('a file of %d bytes is padded to whole blocks', async (size) => {
  const content = 'x'.repeat(size);
  const blob = makeTar(listingOf({ a: content, b: 'next' }));
  expect(blob.size % 512).toBe(0);
  expect((await unpack(blob)).map((entry) => entry[2])).toEqual([content, 'next']);
});

test('empty directories and times are included', async () => {
  const found = await unpack(makeTar(listingOf({ a: '' }, ['empty/one', 'größe'])));
  expect(found).toEqual([
    ['empty/one/', 'directory', '', 0],
    ['größe/', 'directory', '', 0],
    ['a', 'file', '', 1_700_000_000_000],
  ]);
});

test('an empty archive is valid', async () => {
  expect(await unpack(makeTar(listingOf({})))).toEqual([]);
});

test('a size beyond eleven octal digits is in a pax header', () => {
  const header = tarHeader({ path: 'x', isDirectory: false, size: 10_000_000_000, modified: 0 });
  expect(new TextDecoder().decode(header.subarray(512, 540))).toMatch(/^20 size=10000000000\n/);
});

test('20,000 files are listed without reading them', () => {
  const listing = listingOf({ x: 'y' });
  const file = listing.files[0]!.file;
  listing.files = Array.from({ length: 20_000 }, (_, n) => ({ path: `dir/${n}`, file }));
  expect(makeTar(listing).size).toBe(20_000 * 1024 + 1024);
});

test('equal folders have equal fingerprints, others do not', () => {
  const one = folderFingerprint(listingOf({ a: '1', b: '2' }));
  expect(folderFingerprint(listingOf({ a: '1', b: '2' }))).toBe(one);
  expect(folderFingerprint(listingOf({ a: '1', c: '2' }))).not.toBe(one);
  expect(folderFingerprint(listingOf({ a: '1', b: '22' }))).not.toBe(one);
  expect(folderFingerprint(listingOf({ a: '1', b: '2' }, ['d']))).not.toBe(one);
  const archive = (at: number) => archiveFingerprint(new File(['x'], 'a.tar', { lastModified: at }));
  expect(archive(1)).toBe(archive(1));
  expect(archive(1)).not.toBe(archive(2));
});

test('archives are recognized by extension, which is stripped from the name', () => {
  expect(['a.tar', 'A.TAR.GZ', 'a.tgz', 'a.tar.zst', 'a.zip'].every(isArchiveName)).toBe(true);
  expect(['a.txt', 'tar', 'zip.md'].some(isArchiveName)).toBe(false);
  expect(['site.tar.gz', 'site.tgz', 'site.v2.zip', 'site'].map(withoutEnding)).toEqual([
    'site',
    'site',
    'site.v2',
    'site',
  ]);
});

test('a folder added to a project keeps its name', () => {
  const { files, emptyDirectories } = withFolderName(listingOf({ 'a/b': '' }, ['c']));
  expect([files[0]!.path, emptyDirectories]).toEqual(['site/a/b', ['site/c']]);
  expect(withFolderName(listingOf({})).emptyDirectories).toEqual(['site']);
});
