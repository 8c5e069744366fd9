import {
  chmodSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { digestContext, packFiles, unpackFiles } from './digest';
import { makeContext } from './testing/context';

const directory = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'layerwright-digest-')));
afterAll(() => rmSync(directory, { recursive: true }));

writeFileSync(path.join(directory, 'a.txt'), 'one');
symlinkSync('a.txt', path.join(directory, 'link'));

const signal = new AbortController().signal;
const digest = () => digestContext(makeContext({ directory }), signal);

test('the digest is of paths, modes and contents, whatever their order and times', async () => {
  const first = await digest();
  expect(first).toMatchObject({ bytes: 3, count: 2 });
  expect(first.files.map((file) => [file.path, file.digest.slice(0, 8)])).toEqual([
    ['a.txt', '7692c3ad'],
    ['link', '-> a.txt'],
  ]);
  utimesSync(path.join(directory, 'a.txt'), 1, 1);
  expect((await digest()).digest).toBe(first.digest);
  writeFileSync(path.join(directory, 'a.txt'), 'two');
  expect((await digest()).digest).not.toBe(first.digest);
  writeFileSync(path.join(directory, 'a.txt'), 'one');
  chmodSync(path.join(directory, 'a.txt'), 0o755);
  expect((await digest()).digest).not.toBe(first.digest);
});

test('a file list survives being stored', async () => {
  const { files } = await digest();
  expect(unpackFiles(packFiles(files))).toEqual(files);
  expect(unpackFiles(packFiles([]))).toEqual([]);
});
