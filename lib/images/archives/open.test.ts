import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { tar, zip, zstd } from '@/lib/projects/unpack/test-archives';
import type { StoredUpload } from '@/lib/uploads/store';
import { openUpload } from './open';
import { archiveName } from './save';

const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-archives-'));
afterAll(() => rmSync(directory, { recursive: true }));

const never = new AbortController().signal;
const plain = tar({ name: 'etc/motd', content: 'hello '.repeat(50_000) });

function uploadOf(bytes: Buffer): StoredUpload {
  const file = path.join(directory, 'upload');
  writeFileSync(file, bytes);
  const size = bytes.length;
  return {
    id: '0',
    userId: 'ada',
    name: 'a.tar',
    kind: 'archive',
    size,
    received: size,
    touched: 0,
    path: file,
  };
}

async function sent(bytes: Buffer) {
  const { body, packing, content } = await openUpload(uploadOf(bytes), never);
  const parts: Uint8Array[] = [];
  for await (const part of body.bytes) parts.push(part);
  return { packing, content, bytes: Buffer.concat(parts), read: body.read(), size: body.size };
}

test('a tar goes to the engine as it is, packed with gzip too', async () => {
  for (const bytes of [plain, gzipSync(plain)]) {
    const result = await sent(bytes);
    expect(result.bytes.equals(bytes)).toBe(true);
    expect(result).toMatchObject({ content: 'root file system', read: bytes.length, size: bytes.length });
  }
});

test('zstd is unpacked on the way, because engines before 23 cannot; progress is that of the file', async () => {
  const packed = zstd(plain);
  const result = await sent(packed);
  expect(result.bytes.equals(plain)).toBe(true);
  expect(result).toMatchObject({ packing: 'zstd', content: null, read: packed.length, size: packed.length });
});

test('a damaged zstd archive says so while it is sent', async () => {
  await expect(sent(zstd(plain).subarray(0, 70_000))).rejects.toMatchObject({
    code: 'invalid_input',
    message: 'The archive is cut off: its zstd stream does not end.',
  });
});

test('what no engine reads is refused before anything is sent', async () => {
  await expect(openUpload(uploadOf(zip([{ name: 'etc/motd' }])), never)).rejects.toMatchObject({
    code: 'invalid_input',
    hint: 'Use .tar, .tar.gz, .tar.xz, .tar.bz2 or .tar.zst.',
  });
});

test('an archive is named after its first image', () => {
  expect(archiveName('mysite:1', 1)).toBe('mysite_1.tar');
  expect(archiveName('registry-host:5000/me/my-site:1.2', 3)).toBe(
    'registry-host_5000_me_my-site_1.2-and-2-more.tar',
  );
  expect(archiveName('sha256:abc', 1)).toBe('abc.tar');
});
