import type { Page } from '@playwright/test';
import { isSamePage, markPage } from './setup/faults-pages';
import { askEngine } from './setup/steps-engine';
import { expectStatus, patient } from './setup/steps-builds';
import { openView, toast } from './setup/steps-projects';
import { expect, test } from './setup/steps-test';

const noAnswer = 'The server did not answer.';
const dockerfile = 'FROM busybox:latest\nRUN echo built\n';

const failureOf = (page: Page, title: string) => page.getByRole('alert').filter({ hasText: title });

/** The next server action arrives, but its answer is lost. */
async function loseNextAnswer(page: Page): Promise<void> {
  let lost = false;
  await page.route('**/projects/**', async (route) => {
    if (lost || !route.request().headers()['next-action']) return route.fallback();
    lost = true;
    await route.fetch();
    await route.abort('connectionreset');
  });
}

/** Requests of the router for a page's data fail, and the question whether the server answers. */
const losePages = (page: Page) =>
  page.route('**', (route) => {
    const { pathname } = new URL(route.request().url());
    const isPage = route.request().method() === 'GET' && 'rsc' in route.request().headers();
    return isPage || pathname === '/api/health' ? route.abort('connectionreset') : route.fallback();
  });

test.beforeEach(({ quietPages }) => {
  quietPages.expectErrors(/net::ERR_(INTERNET_DISCONNECTED|CONNECTION_RESET|FAILED)/);
  quietPages.expectErrors(/^Failed to fetch RSC payload/); // links in view, fetched in advance
});

test('options that cannot be sent stay in their form, and are saved by the next attempt', async ({
  newProject,
  app,
  context,
  signedInPage: page,
}) => {
  const { id } = await newProject('Offline options', { Dockerfile: dockerfile });
  await page.goto(`${app.url}/projects/${id}/options`);
  const platform = page.getByLabel('Platform (optional)', { exact: true });
  const save = page.getByRole('button', { name: 'Save options' });
  await platform.fill('linux/amd64');
  await context.setOffline(true);
  await save.click();
  await expect(failureOf(page, 'Not saved')).toContainText(noAnswer);
  await expect(platform).toHaveValue('linux/amd64');
  await context.setOffline(false);
  await save.click();
  await expect(toast(page, 'Options saved')).toBeVisible();
  await page.reload();
  await expect(platform).toHaveValue('linux/amd64');
});

test('a build whose answer is lost is started once', async ({ newProject, app, signedInPage: page }) => {
  const { id } = await newProject('Lost answer', { Dockerfile: dockerfile });
  await page.goto(`${app.url}/projects/${id}`);
  await loseNextAnswer(page);
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  const notice = toast(page, 'Build not started');
  await expect(notice).toContainText(noAnswer);
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect(page).toHaveURL(/\/builds\/[0-9a-z]{16}$/, patient);
  await expectStatus(page, 'Succeeded');
  await page.goto(`${app.url}/projects/${id}`);
  await openView(page, 'Builds');
  await expect(
    page.getByRole('main').getByRole('row', { name: /Succeeded|Failed|Running|Queued/ }),
  ).toHaveCount(1);
});

test('a project that cannot be created keeps its name in the form', async ({
  app,
  context,
  signedInPage: page,
}) => {
  const name = `offline-${Date.now()}`;
  await page.goto(`${app.url}/projects/new`);
  await page.getByRole('button', { name: 'Use Blank' }).click();
  const field = page.getByLabel('Name of the project');
  await field.fill(name);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(failureOf(page, 'Not created')).toContainText(noAnswer);
  await expect(field).toHaveValue(name);
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible(patient);
});

test('a commit that cannot be sent keeps its form', async ({ app, engine, context, signedInPage: page }) => {
  const made = await askEngine(engine.address, 'POST', '/containers/create', { Image: 'busybox:latest' });
  const { Id: container } = made.json() as { Id: string };
  await page.goto(`${app.url}/commits/new?${new URLSearchParams({ container })}`);
  const reference = page.getByLabel('Reference');
  await reference.fill('offline/commit:1');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Commit', exact: true }).click();
  await expect(failureOf(page, 'Not committed')).toContainText(noAnswer);
  await expect(reference).toHaveValue('offline/commit:1');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Commit', exact: true }).click();
  await expectStatus(page, 'Succeeded');
  await askEngine(engine.address, 'DELETE', `/containers/${container}?force=1`);
});

test('a page that changes while the server cannot be reached is refreshed later, and not reloaded', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const name = `unseen-${Date.now()}`;
  await page.goto(`${app.url}/containers`);
  await markPage(page);
  await losePages(page);
  const asked = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/health'));
  await askEngine(engine.address, 'POST', `/containers/create?name=${name}`, { Image: 'busybox:latest' });
  await asked;
  expect(await isSamePage(page)).toBe(true);
  await page.unrouteAll();
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible(patient);
  expect(await isSamePage(page)).toBe(true);
  await askEngine(engine.address, 'DELETE', `/containers/${name}?force=1`);
});

test('a link that is followed while the server cannot be reached is followed when it can', async ({
  app,
  signedInPage: page,
}) => {
  await page.goto(`${app.url}/containers`);
  await markPage(page);
  await losePages(page);
  const asked = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/health'));
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Registries' }).click();
  await asked;
  await expect(page.getByRole('heading', { level: 1, name: 'Containers' })).toBeVisible();
  await page.unrouteAll();
  await expect(page.getByRole('heading', { level: 1, name: 'Registries' })).toBeVisible(patient);
  expect(await isSamePage(page)).toBe(true);
});
