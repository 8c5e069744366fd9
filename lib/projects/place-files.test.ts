import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type fs from 'node:fs';
import type promises from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { createFilled, duplicateProject } from './create';
import { makeDirectory, writeFile } from './edit-files';
import { projectDirectory, projectsDirectory, readFile } from './files';
import { addFiles, replaceFiles } from './place-files';
import { getProject } from './store';
import { fill } from './testing/works';
import { whileReading } from './turns';
import { stagingDirectory } from '@/lib/uploads/directories';
import { withStaging } from '@/lib/uploads/staging';

/** The end of the path that cannot be renamed, and how many times: simulates a full disk. */
const full = vi.hoisted(() => ({ to: '', times: 0 }));

function takeName(to: unknown) {
  if (String(to).endsWith(full.to) && full.times-- > 0)
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
}

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const renameSync: typeof fs.renameSync = (from, to) => {
    takeName(to);
    real.renameSync(from, to);
  };
  return { ...real, default: real, renameSync };
});
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>();
  const link: typeof promises.link = async (from, to) => {
    takeName(to);
    await real.link(from, to);
  };
  return { ...real, default: real, link };
});

await useTestDatabase();

const old = { Dockerfile: 'FROM old\n', 'www/a': 'old' };
let projects = 0;
let id: string;
let place: string;

beforeEach(async () => {
  full.times = 0;
  id = await createFilled({ name: `Project ${++projects}` }, (directory) => fill(directory, old));
  place = projectDirectory(await getProject(id));
});

const staged = (work: (fresh: string) => Promise<unknown>, files: Record<string, string>) =>
  withStaging(async (staging) => {
    await fill(path.join(staging, 'content'), files);
    return work(path.join(staging, 'content'));
  });
const replace = (files: Record<string, string>, signal?: AbortSignal) =>
  staged((fresh) => replaceFiles(place, fresh, signal), files);
const add = (files: Record<string, string>) => staged((fresh) => addFiles(place, '', fresh), files);

const text = (file: string) => readFileSync(path.join(place, file), 'utf8');
const expectOld = () => expect([text('Dockerfile'), text('www/a')]).toEqual(Object.values(old));
const expectNoRubbish = () =>
  expect([
    ...readdirSync(stagingDirectory()),
    ...readdirSync(projectsDirectory()).filter((name) => name.startsWith('.')),
  ]).toEqual([]);

test.each(['', '.former'])('with a full disk at the switch (“%s”) the old files stay', async (end) => {
  Object.assign(full, { to: `${path.basename(place)}${end}`, times: 1 });
  const failed = replace({ Dockerfile: 'FROM new\n' });
  await expect(failed).rejects.toMatchObject({ code: 'storage_full' });
  expectOld();
  expectNoRubbish();
});

test('with a full disk in the middle of adding files none is added', async () => {
  Object.assign(full, { to: 'www/a', times: 1 });
  await expect(add({ Dockerfile: 'FROM new\n', 'www/b': 'new' })).rejects.toMatchObject({
    code: 'storage_full',
  });
  expectOld();
  expect(existsSync(path.join(place, 'www/b'))).toBe(false);
  expectNoRubbish();
});

test('old files that could not be restored at once are restored before the next replacement', async () => {
  const said = vi.spyOn(console, 'error').mockReturnValue();
  Object.assign(full, { to: path.basename(place), times: 2 });
  await expect(replace({ Dockerfile: 'FROM new\n' })).rejects.toMatchObject({ code: 'storage_full' });
  expect(said.mock.calls).toEqual([[expect.stringContaining('come back at the next start')]]);
  said.mockRestore();
  expect(existsSync(place)).toBe(false);
  await expect(makeDirectory(place, 'new')).rejects.toMatchObject({ code: 'not_found' });
  await expect(writeFile(place, 'new', '', null)).rejects.toMatchObject({ code: 'not_found' });
  expect(existsSync(place)).toBe(false);
  await add({ 'www/b': 'new' });
  expectOld();
  expect(text('www/b')).toBe('new');
  expectNoRubbish();
});

test('a project without files can get new ones', async () => {
  rmSync(place, { recursive: true });
  await replace({ Dockerfile: 'FROM new\n' });
  expect(text('Dockerfile')).toBe('FROM new\n');
  expectNoRubbish();
});

test('of many replacements at once one wins, whole', async () => {
  const texts = ['1', '2', '3', '4', '5'];
  await Promise.all(texts.map((n) => replace({ Dockerfile: n, [`only-${n}`]: n })));
  expect(texts).toContain(text('Dockerfile'));
  expect(readdirSync(place).toSorted()).toEqual(['Dockerfile', `only-${text('Dockerfile')}`]);
  expectNoRubbish();
});

test('a file that is saved while others are added is not lost', async () => {
  const { version } = await readFile(place, 'www/a');
  await Promise.all([
    add({ 'www/b': 'new' }),
    writeFile(place, 'www/a', 'saved', version),
    add({ 'www/c': 'new' }),
    writeFile(place, 'www/d', 'saved', null),
  ]);
  expect(['a', 'b', 'c', 'd'].map((name) => text(`www/${name}`))).toEqual(['saved', 'new', 'new', 'saved']);
});

test('readers see a consistent project; edits do not wait for them', async () => {
  let replaced = false;
  let replacing: Promise<unknown> | undefined;
  await whileReading(place, async () => {
    replacing = replace({ Dockerfile: 'FROM new\n' }).then(() => (replaced = true));
    await writeFile(place, 'www/b', 'saved', null);
    await duplicateProject(id, `Copy ${projects}`);
    expect(replaced).toBe(false);
    expectOld();
  });
  await replacing;
  expect(readdirSync(place)).toEqual(['Dockerfile']);
});

test('a replacement that waits for a reader can be cancelled', async () => {
  const cancelling = new AbortController();
  await whileReading(place, async () => {
    const replacing = replace({ Dockerfile: 'FROM new\n' }, cancelling.signal);
    cancelling.abort(new Error('Cancelled.'));
    await expect(replacing).rejects.toThrow();
  });
  expectOld();
  expectNoRubbish();
});
