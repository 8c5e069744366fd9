import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forget } from '@/lib/remember';
import { deleteFile, makeDirectory, renameFile, setExecutable, writeFile } from './edit-files';
import { listFiles, maxTextBytes, openForDownload, readFile } from './files';
import { resolveInside } from './resolve-inside';

let base: string;
let root: string;
const at = (file: string) => path.join(root, file);

beforeEach(() => {
  base = mkdtempSync(path.join(os.tmpdir(), 'layerwright-files-'));
  root = path.join(base, 'project');
  process.env.LAYERWRIGHT_DATA = path.join(base, 'data');
  forget('env');
  mkdirSync(at('sub/deep'), { recursive: true });
  writeFileSync(at('Dockerfile'), 'FROM busybox\n');
  writeFileSync(at('sub/a.txt'), 'a');
  writeFileSync(path.join(base, 'secret'), 'not yours');
  symlinkSync('/etc/passwd', at('passwd'));
  symlinkSync('..', at('up'));
  symlinkSync('sub', at('inside'));
});

afterEach(() => {
  expect(readFileSync(path.join(base, 'secret'), 'utf8')).toBe('not yours');
  rmSync(base, { recursive: true });
});

describe('a path from the browser', () => {
  test.each([
    ['/etc/passwd', /without a leading “\/”/],
    ['../secret', /stay in the project/],
    ['sub/../../secret', /stay in the project/],
    ['sub/..', /stay in the project/],
    ['..', /stay in the project/],
    ['./Dockerfile', /empty part/],
    ['sub//a.txt', /empty part/],
    ['sub/', /empty part/],
    ['a\0b', /NUL/],
    ['a\nb', /line breaks/],
    ['sub\\a.txt', /not “\\”/],
    ['..\\secret', /not “\\”/],
    [`${'d/'.repeat(600)}x`, /at most 1024/],
    ['x'.repeat(300), /at most 255 bytes/],
    ['up/secret', /“up” is a symbolic link/],
    ['inside/a.txt', /“inside” is a symbolic link/],
    ['passwd/x', /“passwd” is a symbolic link/],
    ['Dockerfile/x', /“Dockerfile” is a file/],
  ])('%j is refused', async (wanted, message) => {
    await expect(resolveInside(root, wanted)).rejects.toThrow(message);
    await expect(readFile(root, wanted)).rejects.toThrow(message);
    await expect(writeFile(root, wanted, 'x', null)).rejects.toThrow(message);
    await expect(deleteFile(root, wanted)).rejects.toThrow(message);
    await expect(renameFile(root, 'Dockerfile', wanted)).rejects.toThrow(message);
    await expect(makeDirectory(root, wanted)).rejects.toThrow(message);
    await expect(listFiles(root, wanted)).rejects.toThrow(message);
    await expect(openForDownload(root, wanted)).rejects.toThrow(message);
  });

  test('can name a file that does not exist yet', async () => {
    expect(await resolveInside(root, 'new/file')).toMatchObject({ absolute: at('new/file'), stats: null });
  });
});

test('a directory is listed, directories first, links with their target', async () => {
  const { entries } = await listFiles(root, '');
  expect(entries.map((entry) => [entry.name, entry.type, entry.target])).toEqual([
    ['sub', 'directory', undefined],
    ['Dockerfile', 'file', undefined],
    ['inside', 'symlink', 'sub'],
    ['passwd', 'symlink', '/etc/passwd'],
    ['up', 'symlink', '..'],
  ]);
});

test('a link is shown by its target, and never followed', async () => {
  const file = await readFile(root, 'passwd');
  expect(file).toMatchObject({ kind: 'symlink', target: '/etc/passwd' });
  expect(JSON.stringify(file)).not.toContain('root:');
  await expect(openForDownload(root, 'passwd')).rejects.toThrow(/not in this project/);
});

test('text is read; binary, large and non-UTF-8 files are marked', async () => {
  expect(await readFile(root, 'Dockerfile')).toMatchObject({ kind: 'text', text: 'FROM busybox\n' });
  writeFileSync(at('binary'), Buffer.from([1, 0, 2]));
  writeFileSync(at('latin'), Buffer.from([0xe9]));
  writeFileSync(at('large'), Buffer.alloc(maxTextBytes + 1, 'a'));
  expect((await readFile(root, 'binary')).kind).toBe('binary');
  expect((await readFile(root, 'latin')).kind).toBe('binary');
  expect((await readFile(root, 'large')).kind).toBe('large');
  expect((await readFile(root, 'sub')).kind).toBe('directory');
});

test('a FIFO in the project does not block', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  expect((await listFiles(root, '')).entries.map((entry) => entry.name)).not.toContain('pipe');
  await expect(readFile(root, 'pipe')).rejects.toThrow(/is not a file/);
});

test('a file is saved whole, keeps its mode, and leaves nothing beside it', async () => {
  writeFileSync(at('run.sh'), 'old', { mode: 0o755 });
  const before = await readFile(root, 'run.sh');
  const { version } = await writeFile(root, 'run.sh', 'new', before.version);
  expect(await readFile(root, 'run.sh')).toMatchObject({ text: 'new', executable: true, version });
  expect(readdirSync(root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('the second of two users who edit a file is warned', async () => {
  const { version } = await readFile(root, 'Dockerfile');
  await writeFile(root, 'Dockerfile', 'FROM first\n', version);
  await expect(writeFile(root, 'Dockerfile', 'FROM second\n', version)).rejects.toMatchObject({
    code: 'conflict',
    message: '“Dockerfile” was changed by another user since you opened it.',
  });
  expect(readFileSync(at('Dockerfile'), 'utf8')).toBe('FROM first\n');
});

test('one of two concurrent saves is refused', async () => {
  const { version } = await readFile(root, 'Dockerfile');
  const results = await Promise.allSettled(
    ['a', 'b', 'c'].map((text) => writeFile(root, 'Dockerfile', text, version)),
  );
  expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
});

test('a change of the same size in the same moment is still a change', async () => {
  const { version } = await readFile(root, 'sub/a.txt');
  const second = await writeFile(root, 'sub/a.txt', 'b', version);
  expect(second.version).not.toBe(version);
});

test('a file that was deleted meanwhile is not brought back', async () => {
  const { version } = await readFile(root, 'Dockerfile');
  await deleteFile(root, 'Dockerfile');
  await expect(writeFile(root, 'Dockerfile', 'x', version)).rejects.toThrow(/changed by another user/);
});

test('a new file is made with its directories, and never over another', async () => {
  await writeFile(root, 'conf/nginx/site.conf', 'listen 80;', null);
  expect(statSync(at('conf/nginx/site.conf')).mode & 0o777).toBe(0o644);
  await expect(writeFile(root, 'conf/nginx/site.conf', '', null)).rejects.toMatchObject({ code: 'conflict' });
  await expect(writeFile(root, 'passwd', '', null)).rejects.toMatchObject({ code: 'conflict' });
});

test('a text that is too large is refused', async () => {
  await expect(writeFile(root, 'big', 'x'.repeat(maxTextBytes + 1), null)).rejects.toMatchObject({
    code: 'too_large',
  });
});

test('files and directories are renamed and moved, never over another or into themselves', async () => {
  await renameFile(root, 'sub', 'conf/sub');
  await renameFile(root, 'passwd', 'link');
  expect(readFileSync(at('conf/sub/a.txt'), 'utf8')).toBe('a');
  await expect(renameFile(root, 'Dockerfile', 'link')).rejects.toMatchObject({ code: 'conflict' });
  await expect(renameFile(root, 'conf', 'conf/sub/conf')).rejects.toThrow(/into itself/);
  await expect(renameFile(root, 'nothing', 'x')).rejects.toMatchObject({ code: 'not_found' });
});

test('deleting a link keeps its target, and deleting a directory removes everything in it', async () => {
  await deleteFile(root, 'inside');
  await deleteFile(root, 'up');
  expect(readdirSync(at('sub'))).toEqual(['a.txt', 'deep']);
  await deleteFile(root, 'sub');
  expect(readdirSync(root).toSorted()).toEqual(['Dockerfile', 'passwd']);
  await expect(deleteFile(root, '')).rejects.toMatchObject({ code: 'not_found' });
});

test('a file can be made a program and back', async () => {
  await setExecutable(root, 'sub/a.txt', true);
  expect(statSync(at('sub/a.txt')).mode & 0o777).toBe(0o755);
});

test('a download streams the exact bytes', async () => {
  writeFileSync(at('bytes'), Buffer.from([0, 1, 2, 255]));
  const { size, stream } = await openForDownload(root, 'bytes');
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  expect([size, Buffer.concat(pieces)]).toEqual([4, Buffer.from([0, 1, 2, 255])]);
});
