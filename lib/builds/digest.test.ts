import { chmodSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type ContextEntry, digestContext, packFiles, unpackFiles } from './digest';

const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-digest-'));
afterAll(() => rmSync(directory, { recursive: true }));

writeFileSync(path.join(directory, 'a.txt'), 'one');
symlinkSync('a.txt', path.join(directory, 'link'));

const signal = new AbortController().signal;
const entries = (mode = 0o644): ContextEntry[] => [
  { path: 'link', type: 'symlink', size: 5, mode: 0o777 },
  { path: 'a.txt', type: 'file', size: 3, mode },
];
const listed = async function* (mode?: number) {
  yield* entries(mode);
};

test('the digest is of paths, modes and contents, whatever their order and times', async () => {
  const first = await digestContext(directory, listed(), signal);
  expect(first).toMatchObject({ bytes: 3, count: 2 });
  expect(first.files.map((file) => [file.path, file.digest.slice(0, 8)])).toEqual([
    ['a.txt', '7692c3ad'],
    ['link', '-> a.txt'],
  ]);
  utimesSync(path.join(directory, 'a.txt'), 1, 1);
  expect((await digestContext(directory, listed(), signal)).digest).toBe(first.digest);
  writeFileSync(path.join(directory, 'a.txt'), 'two');
  expect((await digestContext(directory, listed(), signal)).digest).not.toBe(first.digest);
  writeFileSync(path.join(directory, 'a.txt'), 'one');
  chmodSync(path.join(directory, 'a.txt'), 0o755);
  expect((await digestContext(directory, listed(0o755), signal)).digest).not.toBe(first.digest);
});

test('a file list survives being stored', async () => {
  const { files } = await digestContext(directory, listed(), signal);
  expect(unpackFiles(packFiles(files))).toEqual(files);
  expect(unpackFiles(packFiles([]))).toEqual([]);
});
