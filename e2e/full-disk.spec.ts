import type { BrowserContext } from '@playwright/test';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { lockInChild } from '@/lib/db/lock-in-child';
import { type App, newApp } from './setup/app';
import { makeProject, onHost, startBuild } from './setup/faults-builds';
import { stateMark } from './setup/faults-pages';
import { ask, asBrowser } from './setup/pages/raw-request';
import { findServerAction, postAction, resultOf } from './setup/pages/server-actions';
import { cookieOf } from './setup/pages/test';
import { administrator, setUp } from './setup/sign-in';
import { mountSmallDisk } from './setup/small-disk';
import { expect, test } from './setup/steps-test';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

let app: App;
let cookie: string;
let cookies: Cookies;
let disk: ReturnType<typeof mountSmallDisk>;
test.beforeAll(async ({ browser }) => {
  app = await newApp();
  disk = mountSmallDisk(app.dataDirectory, 360);
  await app.start();
  const context = await browser.newContext();
  await setUp(await context.newPage(), app);
  cookies = await context.cookies();
  cookie = await cookieOf(context, app);
  await context.close();
});
test.afterAll(async () => {
  await app.stop();
  disk.unmount();
});
test.beforeEach(({ context }) => context.addCookies(cookies));

const act = async (name: string, input: unknown) =>
  resultOf(await postAction(app, findServerAction(name), input, { cookie }));

/** Writes until nothing can be stored: the database's own files have some room left. */
const useUp = (project: string) =>
  expect(async () => {
    const saved = await act('renameProject', { id: project, name: `full ${Date.now()}` });
    expect(saved).toMatchObject({ ok: false, code: 'storage_full' });
  }).toPass({ timeout: 60_000, intervals: [20] });

const full = /The server’s disk is (almost )?full/;

test('while the disk of the data is full, what is there is read, work can be cancelled, and space be freed', async ({
  page,
  gates,
  newPerson,
}) => {
  test.setTimeout(240_000);
  const wait = `FROM busybox\nRUN : ${Date.now()}; echo before; wget -qO- ${gates.url('never')}\n`;
  const project = await makeProject({ app, cookie }, 'full', wait, onHost);
  const build = await startBuild({ app, cookie }, project);
  await gates.reached('never');
  await page.goto(`${app.url}/builds/${build}`);
  await expect(stateMark(page, 'Running')).toBeVisible();

  const reserve = path.join(app.dataDirectory, 'reserve');
  await test.step('the disk is full, and the reserve used up', async () => {
    await expect.poll(() => existsSync(reserve)).toBe(true);
    disk.fill();
    rmSync(reserve);
    disk.fill();
    await useUp(project);
    await expect(page.getByText(full)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/So for \d/)).toBeVisible();
  });

  await test.step('new work is refused, and what is there is read', async () => {
    expect(await act('startBuild', { projectId: project })).toMatchObject({
      ok: false,
      code: 'storage_full',
    });
    await page.goto(`${app.url}/builds`);
    await expect(page.getByRole('row', { name: /full/ })).toContainText('Running');
    await expect(page.getByText(full)).toBeVisible();
  });

  await test.step('a build is cancelled; its entry in the audit log waits, and the page says so', async () => {
    expect(await act('cancelOperation', { id: build })).toMatchObject({ ok: true });
    await page.goto(`${app.url}/settings/audit`);
    await expect(page.getByText('The newest outcomes are missing')).toBeVisible();
    await expect(page.getByText('1 outcome waits in memory')).toBeVisible();
  });

  await test.step('with room all of it is stored, without a restart', async () => {
    disk.free();
    await page.goto(`${app.url}/builds/${build}`);
    await expect(stateMark(page, 'Cancelled')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(full)).toBeHidden({ timeout: 30_000 });
    await page.goto(`${app.url}/settings/audit`);
    await expect(page.getByText('The newest outcomes are missing')).toBeHidden();
    const cancelled = page.getByRole('row', { name: 'operation.cancel' }).first();
    await expect(cancelled).toContainText(build);
  });

  await test.step('with nothing left but the reserve one signs in, enters the password again and cleans up', async () => {
    await expect.poll(() => existsSync(reserve), { timeout: 30_000 }).toBe(true);
    disk.fill();
    await useUp(project);
    const { page: other } = await newPerson();
    await other.goto(`${app.url}/login`);
    await other.getByLabel('User name').fill(administrator.name);
    await other.getByRole('textbox', { name: 'Password', exact: true }).fill(administrator.password);
    await other.getByRole('button', { name: 'Sign in' }).click();
    await expect(other).toHaveURL(`${app.url}/`, { timeout: 60_000 });
    expect(await act('confirmPassword', { password: administrator.password })).toMatchObject({ ok: true });
    expect(await act('startPrune', { what: 'build-cache', all: false })).toMatchObject({ ok: true });
    disk.free();
  });
});

test('a database that is locked by another program is said, and a build goes on with every line', async ({
  page,
  gates,
}) => {
  test.setTimeout(180_000);
  const lines = `i=0; while [ ! -e /opened ]; do i=$((i+1)); echo "line $i"; sleep 0.1; done`;
  const dockerfile = `FROM busybox\nRUN : ${Date.now()}; (wget -qO- ${gates.url('go')}; touch /opened) & ${lines}\n`;
  const project = await makeProject({ app, cookie }, 'locked', dockerfile, onHost);
  const build = await startBuild({ app, cookie }, project);
  await gates.reached('go');
  await page.goto(`${app.url}/builds/${build}`);
  await expect(stateMark(page, 'Running')).toBeVisible();
  const { released } = await lockInChild(path.join(app.dataDirectory, 'layerwright.db'), 30_000);
  await expect(page.getByText('The database is locked by another program')).toBeVisible({ timeout: 25_000 });
  await released;
  await expect(page.getByText('The database is locked by another program')).toBeHidden({ timeout: 20_000 });
  gates.open('go');
  await expect(stateMark(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
  const { text } = await ask(app, `/api/operations/${build}/raw`, { headers: asBrowser(app, cookie) });
  const kept = text.trim().split('\n');
  expect(kept.length).toBeGreaterThan(200);
  expect(kept).toEqual(kept.map((_, index) => `line ${index + 1}`));
});
