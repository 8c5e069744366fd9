import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openContext } from '@/lib/contexts/context';
import { readContextLevel } from './context';
import { ignorePath } from './ignore-path';

const root = mkdtempSync(path.join(os.tmpdir(), 'layerwright-level-'));
afterAll(() => rmSync(root, { recursive: true }));

const write = (file: string, content = '') => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
};

beforeEach(() => {
  rmSync(root, { recursive: true });
  write('Dockerfile', 'FROM busybox\n');
  write('www/index.html', 'x'.repeat(100));
  write('www/media/film', 'x'.repeat(1000));
  write('www/media/id_rsa', 'x'.repeat(10));
  write('node_modules/a/b', 'x'.repeat(5000));
});

const context = () => openContext({ directory: root, dockerfile: 'Dockerfile', sharedKey: '' });
const level = async (at = '') => readContextLevel(await context(), at);
const ignore = async (file: string) => ignorePath(await context(), file);
const names = async (at = '') => (await level(at)).nodes.map((node) => node.name);

test('entries have totals of everything below, largest first', async () => {
  const { nodes, source, more, complete } = await level();
  expect({ source, more, complete }).toEqual({ source: null, more: 0, complete: true });
  expect(nodes.map(({ name, files, bytes }) => [name, files, bytes])).toEqual([
    ['node_modules', 1, 5000],
    ['www', 3, 1110],
    ['Dockerfile', 1, 13],
  ]);
  expect(nodes[1]).toMatchObject({ type: 'directory', warnings: 1, why: null });
  const media = await level('www/media');
  expect(media.nodes).toMatchObject([
    { path: 'www/media/film', type: 'file', why: null },
    { path: 'www/media/id_rsa', why: 'looks like a private SSH key' },
  ]);
});

test('excluded entries are counted separately, without warnings', async () => {
  write('.dockerignore', 'node_modules\nwww/media/*\n!www/media/film\n');
  const { nodes, source } = await level();
  expect(source).toBe('.dockerignore');
  expect(nodes.find(({ name }) => name === 'node_modules')).toMatchObject({
    files: 0,
    ignoredFiles: 1,
    ignoredBytes: 5000,
    ignored: true,
  });
  expect(nodes.find(({ name }) => name === 'www')).toMatchObject({ files: 2, ignoredFiles: 1, warnings: 0 });
});

test('a link is an entry, never a way', async () => {
  symlinkSync('/etc', path.join(root, 'out'));
  expect((await level()).nodes.find(({ name }) => name === 'out')).toMatchObject({
    type: 'symlink',
    files: 1,
  });
  await expect(level('out')).rejects.toMatchObject({ code: 'not_found' });
  await expect(level('../')).rejects.toMatchObject({ code: 'invalid_input' });
});

test('a path is excluded in the ignore file that applies', async () => {
  expect(await ignore('node_modules')).toEqual({
    source: '.dockerignore',
    line: 'node_modules',
  });
  await ignore('www/media/id_rsa');
  await ignore('www/media/id_rsa'); // excluded already: no second line
  expect(readFileSync(path.join(root, '.dockerignore'), 'utf8')).toBe('node_modules\nwww/media/id_rsa\n');
  expect((await level()).nodes.find(({ name }) => name === 'www')).toMatchObject({ files: 2, warnings: 0 });
  write('Dockerfile.dockerignore', '# of this one alone');
  expect(await ignore('www')).toMatchObject({ source: 'Dockerfile.dockerignore' });
  expect(readFileSync(path.join(root, 'Dockerfile.dockerignore'), 'utf8')).toBe('# of this one alone\nwww\n');
  expect(await names()).toContain('www');
});
