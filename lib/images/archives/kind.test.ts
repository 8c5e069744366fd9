import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tar, zip, zstd } from '@/lib/projects/unpack/test-archives';
import { contentOf, imagePackingOf } from './kind';
import { importInput, problemOfChange, readChanges } from './schema';

const plain = tar({ name: 'bin/sh', content: 'x' });

test.each([
  ['tar', plain],
  ['gzip', gzipSync(plain)],
  ['zstd', zstd(plain)],
  ['xz', Buffer.from('fd377a585a000004', 'hex')],
  ['bzip2', Buffer.from('BZh91AY&SY')],
  ['tar', tar()],
])('a file is known as %s by its first bytes', (packing, bytes) => {
  expect(imagePackingOf(bytes)).toEqual({ packing });
});

test.each([
  ['The file is empty.', Buffer.alloc(0)],
  ['This is a zip file: the engine reads tar archives only.', zip([{ name: 'bin/sh' }])],
  ['This is not a tar archive.', Buffer.from('Not an archive at all. '.repeat(60))],
])('%s', (reason, bytes) => {
  expect(imagePackingOf(bytes)).toEqual({ reason });
});

const hex = 'a'.repeat(64);
test.each([
  ['saved images', `${hex}/`],
  ['saved images', `${hex}.json`],
  ['saved images', `${hex}.tar`],
  ['saved images', 'blobs/'],
  ['saved images', 'manifest.json'],
  ['saved images', './oci-layout'],
  ['root file system', 'bin/'],
  ['root file system', './etc/passwd'],
  ['root file system', '/usr'],
  ['root file system', '.dockerenv'],
  [null, './'],
  [null, 'sha256:abc'],
  [null, 'binary/'],
])('what is in an archive: %s, when it begins with %s', (content, name) => {
  expect(contentOf(tar({ name }))).toBe(content);
});

test('what is no tar says nothing about its content', () => {
  expect(contentOf(Buffer.from('hello'))).toBeNull();
});

test('settings are one instruction a line, and each wrong line says why', () => {
  expect(readChanges('\n# a comment\n  CMD ["sh"]  \nenv A=1\n')).toEqual(['CMD ["sh"]', 'env A=1']);
  expect(problemOfChange('CMD ["sh"]')).toBeNull();
  expect(problemOfChange('RUN true')).toMatch(/^“RUN” is none of CMD, /);
  expect(problemOfChange('cmd')).toBe('CMD needs a value.');
  const parsed = importInput.safeParse({
    uploadId: '0'.repeat(32),
    reference: 'Base:1',
    changes: ['CMD x', 'COPY a b'],
  });
  expect(parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
    expect.stringMatching(/^reference: .*lower case/),
    expect.stringMatching(/^changes: Line 2: “COPY” is none of/),
  ]);
});
