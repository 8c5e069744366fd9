import { isSamePage, lostConnection, markPage } from './setup/faults-pages';
import { buildAtEngine } from './setup/pages/seeds';
import { call } from './setup/pages/server-actions';
import { cookieOf } from './setup/pages/test';
import { setUp } from './setup/sign-in';
import { expectStatus } from './setup/steps-builds';
import { startBuild } from './setup/steps-projects';
import { expect, test } from './setup/steps-test';
import { screenOf, startBench, type, waitForTerminal } from './setup/terminal';

/** What others do to the engine, and what a page that is open says of it. */

test('an image that another client removes disappears from an open page', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const name = `another/client-${Date.now()}`;
  // An image of its own: of many names the list shows one.
  await buildAtEngine(engine.address, `${name}:1`, `FROM busybox\nLABEL name=${name}\n`);
  await page.goto(`${app.url}/images`);
  await markPage(page);
  const link = page.getByRole('link', { name: `${name}:1` });
  await expect(link).toBeVisible();
  await engine.call(`/images/${name}:1`, 'DELETE');
  await expect(link).toBeHidden({ timeout: 20_000 });
  expect(await isSamePage(page)).toBe(true);
});

test('a container that another client pauses is shown as paused, and takes input once it is resumed', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const name = `paused-${Date.now()}`;
  await startBench(page, app, { name });
  await engine.call(`/containers/${name}/pause`, 'POST');
  const notice = page.getByText('The container is paused');
  await expect(notice).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('main').getByText('Paused', { exact: true })).toBeVisible();
  await type(page, 'echo lost');
  await expect(page.getByText('Not typed: echo lost')).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(notice).toBeHidden({ timeout: 20_000 });
  await type(page, 'echo aw$((1))ake\n');
  await expect(screenOf(page)).toContainText('aw1ake');
  await expect(screenOf(page)).not.toContainText('lost');
  await engine.call(`/containers/${name}?force=1`, 'DELETE');
});

test('a paused shell outlives the server, is not ended by mistake, and one that nobody watches is ended from the list', async ({
  page,
  engine,
  quietPages,
  startApp,
}) => {
  quietPages.expectErrors(lostConnection);
  const app = await startApp();
  await setUp(page, app);
  const name = `left-${Date.now()}`;
  const id = await startBench(page, app, { name });
  await type(page, 'echo be$((1))fore\n');
  await expect(screenOf(page)).toContainText('be1fore');
  await page.goto(`${app.url}/workbenches`);
  const row = page.getByRole('row').filter({ hasText: name });
  const end = row.getByRole('button', { name: `End ${name}` });
  await expect(end).toBeVisible();
  await engine.call(`/containers/${name}/pause`, 'POST');
  await expect(row).toContainText('Paused', { timeout: 20_000 });
  await expect(end).toBeHidden();
  const cookie = await cookieOf(page.context(), app);
  await expect(call(app, cookie, 'endShell', { id })).rejects.toThrow('is paused');

  await app.kill();
  await app.start();
  await page.goto(`${app.url}/workbenches/${id}`);
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Connect again' }).click();
  await waitForTerminal(page);
  await type(page, 'echo af$((1))ter\n');
  await expect(screenOf(page)).toContainText('af1ter');
  await expect(screenOf(page)).toContainText('be1fore');

  await page.goto(`${app.url}/workbenches`);
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText('Last watched', { timeout: 2000 });
  }).toPass();
  await end.click();
  await page.getByRole('button', { name: 'End it' }).click();
  await expect(row).toContainText('Done');
  await engine.call(`/containers/${name}?force=1`, 'DELETE');
});

test('a build that finds the disk full says so in its head, with the way to the storage', async ({
  app,
  adminCookie,
  newProject,
  signedInPage: page,
}) => {
  // Not in one piece, so that only the log has the words.
  const full = `dd: error writing '/big': No space left"" on device`;
  const { id } = await newProject('Full', {
    Dockerfile: `FROM busybox:latest\nRUN echo "${full}" >&2; exit 1\n`,
  });
  const build = await startBuild(app, adminCookie, id);
  await page.goto(`${app.url}/builds/${build}`);
  await expectStatus(page, 'Failed');
  const head = page.getByRole('alert').filter({ hasText: 'Its log says' });
  await expect(head).toContainText('Exited with code 1. Its log says: no space left on device.');
  await head.getByRole('link', { name: 'Storage of the engine' }).click();
  await expect(page).toHaveURL(/\/engine$/);
});
