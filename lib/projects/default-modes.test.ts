import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import type { ProjectId } from '@/lib/ids';
import { createFilled, createFromTemplate, duplicateProject } from './create';
import { makeDirectories, writeNewFile } from './default-modes';
import { makeDirectory, writeFile } from './edit-files';
import { projectDirectory } from './files';
import { addFiles } from './place-files';
import { getProject } from './store';
import { templates } from './templates/list';

await useTestDatabase();

let former = 0;
beforeAll(() => void (former = process.umask(0o077)));
afterAll(() => void process.umask(former));

const directoryOf = async (id: ProjectId) => projectDirectory(await getProject(id));

/** `755 css`, of everything below and the directory itself. */
const modes = (directory: string) =>
  execFileSync('find', ['.', '-printf', '%m %P\n'], { cwd: directory, encoding: 'utf8' })
    .trim()
    .split('\n')
    .toSorted();

test('a project has the modes of its content, regardless of the umask', async () => {
  for (const [number, template] of templates.entries()) {
    const directory = await directoryOf(await createFromTemplate(template, { name: `Template ${number}` }));
    expect(modes(directory).filter((line) => !/^(755|644 .+)/.test(line))).toEqual([]);
  }
});

test('what is written, added and copied has them, too, and keeps those that it had', async () => {
  const id = await createFilled({ name: 'Modes' }, async (directory) => {
    await makeDirectories(path.join(directory, 'a/b'));
    await writeNewFile(path.join(directory, 'a/b/c'), 'c');
    execFileSync('install', ['-m', '755', '/dev/null', path.join(directory, 'run')]);
  });
  const directory = await directoryOf(id);
  await makeDirectory(directory, 'made');
  await writeFile(directory, 'new/file', 'text', null);

  const fresh = mkdtempSync(path.join(os.tmpdir(), 'layerwright-fresh-'));
  mkdirSync(path.join(fresh, 'images'));
  writeFileSync(path.join(fresh, 'images/logo'), '');
  execFileSync('chmod', ['644', path.join(fresh, 'images/logo')]);
  await addFiles(directory, 'www/deep', fresh);
  rmSync(fresh, { recursive: true, force: true });

  const expected = [
    '644 a/b/c',
    '644 new/file',
    '644 www/deep/images/logo',
    '755 ',
    '755 a',
    '755 a/b',
    '755 made',
    '755 new',
    '755 run',
    '755 www',
    '755 www/deep',
    '755 www/deep/images',
  ];
  expect(modes(directory).map((line) => line.padEnd(4))).toEqual(expected);
  const copy = await directoryOf(await duplicateProject(id, 'Copy'));
  expect(modes(copy).map((line) => line.padEnd(4))).toEqual(expected);
});
