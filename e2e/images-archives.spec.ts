import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { packTar } from '@/bin/tar.js';
import type { App } from './setup/app';
import { ask } from './setup/pages/raw-request';
import { alertOf } from './setup/pages/seen';
import { buildAtEngine, inspectAtEngine } from './setup/pages/seeds';
import { expect, test } from './setup/pages/test';

const rootFiles = packTar([
  { path: 'etc/', type: 'directory' },
  { path: 'etc/motd', type: 'file', content: Buffer.from('Made by hand.\n') },
  { path: 'usr/', type: 'directory' },
  { path: 'usr/data', type: 'file', content: Buffer.alloc(300_000, 'layer ') },
]);

const choose = (page: Page, name: string, buffer: Buffer) =>
  page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/x-tar', buffer });

/** What is left of uploads on the server's disk. */
const uploadsOf = (app: App) => {
  const directory = path.join(app.dataDirectory, 'uploads');
  return existsSync(directory) ? readdirSync(directory) : [];
};

const endOf = (page: Page) => page.locator('main header').getByRole('status').first();

test('a root file system becomes a base image with a name, settings and a message', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  await page.goto(`${app.url}/images`);
  await page.getByRole('link', { name: 'Add images…' }).click();
  await page.getByRole('link', { name: 'Import a root file system' }).click();
  const importing = page.getByRole('button', { name: 'Upload and import' });
  await expect(page.getByText('Drop a root file system here')).toBeVisible();
  await choose(page, 'My Minimal-System.tar.gz', gzipSync(rootFiles));
  const name = page.getByLabel('Image name');
  await expect(name).toHaveValue('my-minimal-system');
  await name.fill('Imported:1');
  await expect(page.getByText('The repository name must be in lower case')).toBeVisible();
  await expect(importing).toBeDisabled();
  await name.fill('imported/system:1');
  const settings = page.getByLabel('Configuration');
  await settings.fill('CMD ["sh"]\nRUN true');
  await expect(page.getByText('“RUN” is none of CMD, ENTRYPOINT')).toBeVisible();
  await settings.fill('# what it starts with\nCMD ["/bin/sh", "-l"]\nLABEL made.by="hand"');
  await page.getByLabel('Message').fill('From a journey');
  await importing.click();

  await expect(page).toHaveURL(/\/images\/work\/[0-9a-z]{16}$/);
  await expect(endOf(page)).toHaveText('Succeeded');
  await expect(page.getByRole('main')).toContainText('My Minimal-System.tar.gz');
  await page.getByRole('link', { name: 'imported/system:1' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'imported/system:1' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Configuration' })).toContainText('/bin/sh -l');
  await expect(page.getByRole('region', { name: 'Configuration' })).toContainText('made.by=hand');
  await expect(page.getByRole('region', { name: 'Configuration' })).toContainText('From a journey');
  expect((await inspectAtEngine(engine.address, 'imported/system:1'))?.Size).toBe(300_014);
  expect(uploadsOf(app)).toEqual([]);
});

test('images are saved as one archive, removed, and loaded again with their names and layers', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const one = await buildAtEngine(engine.address, 'saved/one:1', 'FROM busybox\nRUN echo one > /one');
  const two = await buildAtEngine(engine.address, 'saved/two:1', 'FROM busybox\nRUN echo two > /two');
  await engine.call(`/images/${two}/tag?repo=saved/also-two&tag=1`, 'POST');
  await page.goto(`${app.url}/images?q=saved/&sort=name`);
  await page.getByLabel('Select saved/one:1').check();
  await page.getByLabel('Select saved/also-two:1').check();
  await expect(page.getByText('2 images selected')).toBeVisible();
  await page.getByRole('button', { name: 'Save as archive…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save 2 images as one archive' });
  await expect(dialog).toContainText('saved/also-two:1, saved/two:1');
  const waiting = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^saved_(also-two|one)_1-and-1-more\.tar$/);
  const archive = readFileSync(await download.path());

  await page.getByRole('button', { name: 'Remove…', exact: true }).click();
  const removing = page.getByRole('dialog', { name: 'Remove 2 images?' });
  await expect(removing.getByRole('list', { name: 'Images to remove' })).toContainText('saved/two:1');
  await removing.getByRole('button', { name: 'Remove 2 images' }).click();
  await expect(endOf(page)).toHaveText('Succeeded');
  expect(await inspectAtEngine(engine.address, one)).toBeNull();
  expect(await inspectAtEngine(engine.address, two)).toBeNull();

  await page.goto(`${app.url}/images/add/load`);
  await choose(page, 'both.tar', archive);
  await expect(page).toHaveURL(/\/images\/work\/[0-9a-z]{16}$/);
  await expect(endOf(page)).toHaveText('Succeeded');
  const loaded = page.getByRole('region', { name: 'Loaded' });
  await expect(loaded.getByRole('link')).toHaveCount(3);
  await loaded.getByRole('link', { name: 'saved/one:1' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'saved/one:1' })).toBeVisible();
  expect((await inspectAtEngine(engine.address, 'saved/one:1'))?.Id).toBe(one);
  expect((await inspectAtEngine(engine.address, two))?.RepoTags?.toSorted()).toEqual([
    'saved/also-two:1',
    'saved/two:1',
  ]);
  expect(uploadsOf(app)).toEqual([]);
});

const badArchives = (
  saved: Buffer,
): [way: 'load' | 'import', name: string, bytes: Buffer, said: string][] => [
  ['load', 'root.tar', rootFiles, 'root.tar holds a root file system, not saved images. Import it instead'],
  ['load', 'cut.tar', saved.subarray(0, saved.length / 2), 'The archive is damaged or incomplete.'],
  ['load', 'words.tar', Buffer.from('These are only words. '.repeat(50)), 'This is not a tar archive'],
  ['import', 'saved.tar', saved, 'saved.tar holds saved images, not a root file system. Load it instead'],
  ['import', 'cut.tar.gz', gzipSync(rootFiles).subarray(0, 600), 'The archive is damaged or incomplete.'],
];

test('a bad archive is a failed operation with clear words, and nothing of it stays', async ({
  app,
  engine,
  signedInPage: page,
  adminCookie,
}) => {
  await buildAtEngine(engine.address, 'bad/base:1', 'FROM busybox\nRUN echo bad > /bad');
  const { status } = await ask(app, '/api/images/archive?image=bad/none:1', {
    headers: { cookie: adminCookie },
  });
  expect(status).toBe(404);
  const saved = Buffer.from(
    await (
      await fetch(`${app.url}/api/images/archive?image=bad/base:1`, { headers: { cookie: adminCookie } })
    ).arrayBuffer(),
  );
  for (const [way, name, bytes, said] of badArchives(saved)) {
    await page.goto(`${app.url}/images/add/${way}`);
    await choose(page, name, bytes);
    if (way === 'import') {
      await page.getByLabel('Image name').fill('bad/imported:1');
      await page.getByRole('button', { name: 'Upload and import' }).click();
    }
    await expect(page, name).toHaveURL(/\/images\/work\/[0-9a-z]{16}$/);
    await expect(endOf(page), name).toHaveText('Failed');
    await expect(alertOf(page).first(), name).toContainText(said);
    await expect(page.getByRole('link', { name: 'Choose another file' })).toBeVisible();
  }
  expect(await inspectAtEngine(engine.address, 'bad/imported:1')).toBeNull();
  expect(uploadsOf(app)).toEqual([]);
  await page.goto(`${app.url}/images/work?kind=load`);
  const rows = page.getByRole('table', { name: 'Image operations, newest first' });
  await expect(rows.getByRole('row', { name: /words\.tar/ })).toContainText('Failed');
  await expect(rows.getByRole('rowheader', { name: /^Import / })).toHaveCount(0);
});
