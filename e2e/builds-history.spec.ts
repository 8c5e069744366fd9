import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expectStatus, holdAt, onHost, openBuild, patient } from './setup/steps-builds';
import { makeProject, startBuild } from './setup/steps-projects';
import { expect, test } from './setup/steps-test';
import { setUp } from './setup/sign-in';
import { cookieOf } from './setup/pages/test';

const rows = (page: Page) => page.getByRole('table', { name: /^Builds/ }).getByRole('rowheader');
const openBuilds = (page: Page) =>
  page.getByRole('navigation').getByRole('link', { name: 'Builds', exact: true }).first().click();

test('the history can be filtered, paged and deleted from', async ({ startApp, page, quietPages }) => {
  quietPages.expectErrors(/status of 404/); // the page of a build that was deleted
  test.setTimeout(180_000);
  const app = await startApp();
  await setUp(page, app);
  const cookie = await cookieOf(page.context(), app);
  const good = await makeProject(app, cookie, 'Good one', {}, { tags: ['fine/good:1'] });
  const bad = await makeProject(app, cookie, 'Bad one', {});
  // A build without a Dockerfile is over before it reaches the engine: cheap enough to make many.
  rmSync(path.join(bad.directory, 'Dockerfile'));
  let last = '';
  for (let count = 0; count < 53; count += 1) last = await startBuild(app, cookie, bad.id);
  const succeeded = await startBuild(app, cookie, good.id);
  await openBuild(page, app, last);
  await expectStatus(page, 'Failed');
  await openBuild(page, app, succeeded);
  await expectStatus(page, 'Succeeded');

  await test.step('older ones are on a page of their own', async () => {
    await openBuilds(page);
    await expect(rows(page)).toHaveCount(50);
    await expect(rows(page).first()).toContainText('Good one #1');
    await page.getByRole('link', { name: 'Older' }).click();
    await expect(rows(page)).toHaveCount(4);
    await expect(rows(page).last()).toContainText('Bad one #1');
    await page.getByRole('link', { name: 'Newest' }).click();
    await expect(rows(page)).toHaveCount(50);
  });

  await test.step('words of a name or tag, and a status, narrow the list', async () => {
    const search = page.getByRole('searchbox', { name: 'Search project or tag' });
    await search.fill('fine/good');
    await search.press('Enter');
    await expect(rows(page)).toHaveText([/Good one #1/]);
    await expect(page).toHaveURL(/q=fine/);
    await search.fill('');
    await page.getByLabel('Status').selectOption('Failed');
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page).toHaveURL(/status=failed/);
    await expect(rows(page)).toHaveCount(50);
    await expect(rows(page).filter({ hasText: 'Good one' })).toHaveCount(0);
    await page.getByLabel('Status').selectOption('Interrupted');
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page.getByText('No build matches')).toBeVisible();
    await page.getByRole('link', { name: 'Show all builds' }).click();
    await expect(rows(page)).toHaveCount(50);
  });

  await test.step('chosen ones are deleted, after saying what goes with them', async () => {
    for (const name of ['Bad one #53', 'Bad one #52']) await page.getByLabel(`Select ${name}`).check();
    await expect(page.getByText('2 builds selected')).toBeVisible();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Delete 2 builds from the history?' });
    await expect(question).toContainText('The images, tags and projects are kept.');
    await question.getByRole('button', { name: 'Delete from the history' }).click();
    await expect(question).toBeHidden();
    await expect(rows(page).nth(1)).toContainText('Bad one #51');
    await openBuild(page, app, last);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
  });

  await test.step('one is deleted from its own page', async () => {
    await openBuild(page, app, succeeded);
    await page.getByRole('button', { name: 'Delete from the history' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete from the history' }).click();
    await expect(page).toHaveURL(`${app.url}/builds`);
    await expect(rows(page).first()).toContainText('Bad one #51');
  });
});

test('how many builds run at once, and how many are kept, are settings that hold at once', async ({
  startApp,
  page,
  gates,
}) => {
  test.setTimeout(180_000);
  const app = await startApp();
  await setUp(page, app);
  const cookie = await cookieOf(page.context(), app);
  const status = page.getByRole('main').getByRole('status');
  const save = async (label: string, value: string) => {
    await page.goto(`${app.url}/settings/builds`);
    await page.getByLabel(label).fill(value);
    await page.getByRole('button', { name: 'Save' }).click();
  };

  await save('Builds at once', '0');
  await expect(page.getByLabel('Builds at once')).toHaveAccessibleDescription(
    /Enter a whole number from 1 to 64/,
  );
  await expect(page.getByLabel('Builds at once')).toHaveValue('0');
  await save('Builds at once', '1');
  await expect(status.filter({ hasText: 'Saved.' })).toBeVisible();

  const builds: string[] = [];
  for (const name of ['one', 'two']) {
    const dockerfile = `FROM busybox\nRUN ${holdAt(gates.url(name))}\n`;
    const { id } = await makeProject(app, cookie, name, { Dockerfile: dockerfile }, onHost);
    builds.push(await startBuild(app, cookie, id));
  }
  const [one = '', two = ''] = builds;
  await gates.reached('one');
  const other = await page.context().newPage();
  await openBuild(other, app, two);
  await expectStatus(other, 'next in queue');
  await save('Builds at once', '2');
  await gates.reached('two');
  await expectStatus(other, 'Running');
  gates.open('one');
  gates.open('two');
  await expectStatus(other, 'Succeeded');
  await openBuild(other, app, one);
  await expectStatus(other, 'Succeeded');

  for (let count = 2; count < 5; count += 1) {
    await other.getByRole('button', { name: 'Build again' }).click();
    await expect(other.getByRole('heading', { level: 1, name: `one #${count}` })).toBeVisible(patient);
    await expectStatus(other, 'Succeeded');
  }
  await save('Builds kept per project', '2');
  await expect(status.filter({ hasText: 'Saved. 2 builds deleted.' })).toBeVisible();
  await openBuilds(page);
  await expect(rows(page)).toHaveText([/one #4/, /one #3/, /two #1/]);
});
