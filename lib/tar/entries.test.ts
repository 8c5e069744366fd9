import { createHash, randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, linkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { endOfArchive, readEntries, type TarEntry } from './entries';

const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-tar-'));
afterAll(() => rmSync(directory, { recursive: true }));

const long = `${'deep/'.repeat(40)}a-name-that-no-ustar-header-can-hold.txt`;
const random = randomBytes(700_001);
mkdirSync(path.join(directory, path.dirname(long)), { recursive: true });
writeFileSync(path.join(directory, long), 'long');
writeFileSync(path.join(directory, 'empty'), '');
writeFileSync(path.join(directory, 'ünïcode'), 'u');
writeFileSync(path.join(directory, 'random'), random, { mode: 0o640 });
symlinkSync('/etc/passwd', path.join(directory, 'link'));
linkSync(path.join(directory, 'random'), path.join(directory, 'twin'));

const pack = (format: string) =>
  execFileSync(
    'tar',
    ['-C', directory, `--format=${format}`, '--owner=1001', '--group=33', '--sort=name', '-c', '.'],
    { maxBuffer: 1e8 },
  );

// In pieces of arbitrary size, as from a network.
async function* pieces(archive: Buffer, size = 777) {
  for (let at = 0; at < archive.length; at += size) yield archive.subarray(at, at + size);
}

async function hashOf(source: AsyncIterable<Buffer>) {
  const hash = createHash('sha256');
  for await (const piece of source) hash.update(piece);
  return hash.digest('hex');
}

test.each(['gnu', 'pax'])('reads what GNU tar writes as %s', async (format) => {
  const found = new Map<string, TarEntry & { hash: string }>();
  for await (const entry of readEntries(pieces(pack(format))))
    found.set(entry.path, { ...entry, hash: await hashOf(entry.content()) });
  expect(found.get('')).toMatchObject({ type: 'directory' });
  expect(found.get(long)).toMatchObject({ type: 'file', size: 4, uid: 1001, gid: 33 });
  expect(found.get('ünïcode')).toMatchObject({ type: 'file', size: 1 });
  expect(found.get('link')).toMatchObject({ type: 'symlink', target: '/etc/passwd' });
  expect(found.get('random')).toMatchObject({
    mode: 0o640,
    size: random.length,
    hash: createHash('sha256').update(random).digest('hex'),
  });
  expect(found.get('twin')).toMatchObject({ type: 'hardlink', target: 'random', size: 0 });
});

test('the copied archive is identical, without skipped entries', async () => {
  const archive = pack('pax');
  const kept: Buffer[] = [];
  for await (const entry of readEntries(pieces(archive)))
    if (entry.path !== 'random') for await (const block of entry.blocks()) kept.push(Buffer.from(block));
  kept.push(endOfArchive());
  const names: string[] = [];
  for await (const entry of readEntries(pieces(Buffer.concat(kept)))) names.push(entry.path);
  expect(names).toContain(long);
  expect(names).not.toContain('random');
  expect(archive.indexOf(Buffer.concat(kept.slice(0, 3)))).toBe(0);
});

test('a cut or damaged archive is an error', async () => {
  const archive = pack('gnu');
  const read = async (bytes: Buffer) => {
    for await (const _entry of readEntries(pieces(bytes)));
  };
  await expect(read(archive.subarray(0, archive.length - 200_000))).rejects.toThrow('ends');
  await expect(read(Buffer.alloc(0))).rejects.toThrow('end mark');
  const damaged = Buffer.from(archive);
  damaged[100] = 0x39;
  await expect(read(damaged)).rejects.toThrow('checksum');
});
