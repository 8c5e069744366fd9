import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expectStatus, patient } from './setup/steps-builds';
import { chooseFile, createProject, editorText, fileLink, openFile, openView } from './setup/steps-projects';
import { expect, test } from './setup/steps-test';
import type { App } from './setup/app';
import { setUp } from './setup/sign-in';
import { tar, zip, zstd } from '@/lib/projects/unpack/test-archives';

const dockerfile = 'FROM busybox\nCOPY www /www\n';
const parts = [
  { name: 'Dockerfile', content: dockerfile },
  { name: 'www/index.html', content: '<h1>hello</h1>\n' },
];

const listed = (app: App, directory: string): string[] => {
  try {
    return readdirSync(path.join(app.dataDirectory, directory)).toSorted();
  } catch {
    return []; // nothing was ever put there
  }
};
const leftovers = (app: App) => [...listed(app, 'uploads'), ...listed(app, 'staging')];

const openNew = async (page: Page, app: App) => {
  await page.goto(`${app.url}/projects/new`);
  await expect(page.getByText('Drop a folder or an archive here')).toBeVisible();
};

/** The bases of the others have to be pulled. */
const onBusybox = ['Use Static site', 'Use Website from an archive', 'Use Blank'];

test('every template becomes a project, and those on the base at hand build', async ({
  app,
  signedInPage: page,
}) => {
  test.setTimeout(180_000);
  await openNew(page, app);
  const uses = page.getByRole('button', { name: /^Use / });
  const names = await uses.evaluateAll((buttons) =>
    buttons.map((button) => button.getAttribute('aria-label') ?? ''),
  );
  expect(names).toEqual(expect.arrayContaining(onBusybox));
  for (const [index, use] of names.entries()) {
    await openNew(page, app);
    await uses.nth(index).click();
    const dialog = page.getByRole('dialog', { name: /^New project: / });
    const name = `Template ${index + 1}`;
    await dialog.getByLabel('Name of the project').fill(name);
    await dialog.getByRole('button', { name: 'Create project' }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible(patient);
    await expect(page.getByRole('region', { name: 'Dockerfile', exact: true })).toContainText('FROM');
    if (!onBusybox.includes(use)) continue;
    await page.getByRole('button', { name: 'Build', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: `${name} #1` })).toBeVisible(patient);
    await expectStatus(page, 'Succeeded');
  }
});

const archives: Record<string, Buffer> = {
  'site.tar': tar(...parts),
  'site.tar.gz': gzipSync(tar(...parts)),
  'site.tar.zst': zstd(tar(...parts)),
  'site.zip': zip(parts),
};
for (const [name, content] of Object.entries(archives)) {
  test(`an archive ${name} becomes a project`, async ({ app, signedInPage: page }) => {
    await openNew(page, app);
    await chooseFile(page, { name, content });
    await expect(page.getByLabel('Name of the project')).toHaveValue('site');
    await createProject(page, `From ${name}`);
    await expect(page.getByRole('region', { name: 'Build context', exact: true })).toContainText(
      'in 2 files',
    );
    await openView(page, 'Files');
    expect(await editorText(await openFile(page, 'Dockerfile'))).toBe(dockerfile);
    await openView(page, 'Files');
    await fileLink(page, 'www/').click();
    await expect(fileLink(page, 'index.html')).toBeVisible();
    expect(leftovers(app)).toEqual([]);
  });
}

const hostile: [name: string, archive: Buffer, words: string][] = [
  [
    'climbing.tar',
    tar(...parts, { name: '../x', content: 'gone' }),
    'entry “../x” points outside the archive',
  ],
  ['absolute.zip', zip([...parts, { name: '/etc/cron.d/x' }]), 'entry “/etc/cron.d/x” has an absolute path'],
  [
    'link.tar.gz',
    gzipSync(tar(...parts, { name: 'www/passwd', type: '2', linkname: '../../../etc/passwd' })),
    'entry “www/passwd” is a link that points outside the archive',
  ],
];

test('a hostile archive is refused by the name of its entry, and nothing of it is left', async ({
  app,
  signedInPage: page,
}) => {
  await openNew(page, app);
  const before = listed(app, 'projects');
  for (const [name, content, words] of hostile) {
    await chooseFile(page, { name, content });
    await page.getByLabel('Name of the project').fill('Hostile');
    await page.getByRole('button', { name: 'Create project' }).click();
    const alert = page.getByRole('alert').filter({ hasText: `${name} could not be unpacked` });
    await expect(alert).toContainText(words, patient);
    await expect(alert).toContainText('Nothing was kept.');
    await alert.getByRole('button', { name: 'Select another source' }).click();
    await expect(page.getByText('Drop a folder or an archive here')).toBeVisible();
    expect(listed(app, 'projects')).toEqual(before);
    await expect.poll(() => leftovers(app)).toEqual([]);
  }
  // The page has not lost its way over it.
  await chooseFile(page, { name: 'good.tar', content: tar(...parts) });
  await createProject(page, 'Not hostile');
  await page.goto(`${app.url}/projects`);
  await expect(page.getByRole('link', { name: 'Not hostile', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Hostile', exact: true })).toHaveCount(0);
});

/** Enough for several parts, and never the same bytes twice. */
const largeArchive = (megabytes: number) => {
  const content = Buffer.alloc(megabytes * 1_000_000);
  for (let at = 0; at < content.length; at += 4) content.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at);
  return { content, archive: tar(...parts, { name: 'www/large.bin', content }) };
};

/** Bytes a second; the browser slows down itself. */
async function slowDown(page: Page, rate: number) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const limits = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: rate };
  await session.send('Network.emulateNetworkConditions', limits);
}

const partSent = (page: Page) =>
  page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok(), patient);

test('an upload that loses its network goes on by itself where it was', async ({
  page,
  startBehindRelay,
  quietPages,
}) => {
  test.setTimeout(180_000);
  quietPages.expectErrors(/net::ERR_|Failed to fetch/);
  const { app, relay } = await startBehindRelay();
  await setUp(page, app);
  const { content, archive } = largeArchive(40);
  await openNew(page, app);
  await chooseFile(page, { name: 'large.tar', content: archive });
  await page.getByLabel('Name of the project').fill('Large');
  const uploads: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/uploads')) uploads.push(request.method());
  });
  await slowDown(page, 6_000_000);
  const sent = partSent(page);
  await page.getByRole('button', { name: 'Create project' }).click();
  await sent;
  await expect(page.getByText(/ of 40 MB · .*MB\/s/)).toBeVisible();
  const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/uploads'));
  relay.cut();
  await failed;
  relay.mend();
  await expect(page.getByRole('heading', { level: 1, name: 'Large' })).toBeVisible({ timeout: 90_000 });
  // One upload, asked after with HEAD, and not begun again.
  expect(uploads.filter((method) => method === 'POST')).toHaveLength(1);
  expect(uploads).toContain('HEAD');
  const folder = listed(app, 'projects').find((name) => name.startsWith('large-'));
  const stored = readFileSync(path.join(app.dataDirectory, 'projects', folder ?? '', 'www/large.bin'));
  expect(stored.equals(content)).toBe(true);
  expect(leftovers(app)).toEqual([]);
});

test('an upload that is cancelled leaves nothing', async ({ app, signedInPage: page }) => {
  const { archive } = largeArchive(40);
  await openNew(page, app);
  const before = listed(app, 'projects');
  await chooseFile(page, { name: 'unwanted.tar', content: archive });
  await slowDown(page, 6_000_000);
  const sent = partSent(page);
  await page.getByRole('button', { name: 'Create project' }).click();
  await sent;
  expect(listed(app, 'uploads')).toHaveLength(2);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByLabel('Name of the project')).toBeVisible();
  await expect.poll(() => leftovers(app), patient).toEqual([]);
  expect(listed(app, 'projects')).toEqual(before);
});
