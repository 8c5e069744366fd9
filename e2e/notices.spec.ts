import type { Page } from '@playwright/test';
import { expectStatus, holdAt, onHost, openBuild, patient } from './setup/steps-builds';
import { startBuild } from './setup/steps-projects';
import { expect, test } from './setup/steps-test';
import { show } from './setup/visibility';

/** The browser's notifications, with a memory: what was asked of them is kept for the test. */
function recordNotices() {
  const allowed = 'test-notices-allowed';
  const shown: string[] = [];
  let asked = 0;
  class RecordedNotification extends EventTarget {
    static get permission() {
      return localStorage.getItem(allowed) ?? 'default';
    }
    static requestPermission() {
      asked += 1;
      localStorage.setItem(allowed, 'granted');
      return Promise.resolve('granted');
    }
    constructor(title: string) {
      super();
      shown.push(title);
    }
    close() {
      shown.push('closed');
    }
  }
  Object.assign(window, { Notification: RecordedNotification, noticesOf: () => ({ shown, asked }) });
}

const noticesOf = (page: Page): Promise<{ shown: string[]; asked: number }> =>
  page.evaluate(() =>
    (window as unknown as { noticesOf: () => { shown: string[]; asked: number } }).noticesOf(),
  );

const toastsOf = (page: Page, words: RegExp) => page.getByRole('status').getByText(words);

test('the end of what one started is told once, where one looks or by the browser, and not where it is seen anyway', async ({
  app,
  adminCookie,
  newProject,
  signedInPage: page,
  gates,
}) => {
  test.setTimeout(180_000);
  const context = page.context();
  await context.addInitScript(recordNotices);
  const other = await context.newPage();
  const ids = new Map<string, string>();
  for (const name of ['seen', 'elsewhere', 'away']) {
    const files = { Dockerfile: `FROM busybox\nRUN : ${name}; ${holdAt(gates.url(name))}\n` };
    ids.set(name, (await newProject(`Told ${name}`, files, onHost)).id);
  }
  const start = async (name: string) => {
    const build = await startBuild(app, adminCookie, ids.get(name)!);
    await gates.reached(name);
    return build;
  };
  const bothAt = async (path: string) => {
    for (const each of [page, other]) await each.goto(app.url + path);
  };
  const runs = (name: string) =>
    Promise.all(
      [page, other].map((each) =>
        expect(each.getByRole('region', { name: 'Running now' })).toContainText(`Told ${name}`, patient),
      ),
    );

  await test.step('a tab that shows the build: none of them tells', async () => {
    const build = await start('seen');
    await openBuild(page, app, build);
    await other.goto(`${app.url}/projects`);
    await runs('seen');
    gates.open('seen');
    await expectStatus(page, 'Succeeded');
  });

  await test.step('no tab shows it: one of them tells', async () => {
    await bothAt('/projects');
    await start('elsewhere');
    await runs('elsewhere');
    gates.open('elsewhere');
    const count = async () => {
      const counts = await Promise.all(
        [page, other].map((each) => toastsOf(each, /Told elsewhere #1 succeeded/).count()),
      );
      return counts[0]! + counts[1]!;
    };
    await expect.poll(count, patient).toBe(1);
    for (const each of [page, other]) await expect(toastsOf(each, /Told seen/)).toHaveCount(0);
  });

  await test.step('the browser is asked on a click only', async () => {
    await bothAt('/settings/account');
    expect((await noticesOf(page)).asked).toBe(0);
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(page.getByRole('switch', { name: /Notifications/ })).toBeChecked();
    expect((await noticesOf(page)).asked).toBe(1);
  });

  await test.step('no tab is seen at all: one of them tells through the browser', async () => {
    await bothAt('/projects');
    await start('away');
    await runs('away');
    for (const each of [page, other]) await show(each, false);
    gates.open('away');
    const shown = async () =>
      (await Promise.all([noticesOf(page), noticesOf(other)])).flatMap((notices) => notices.shown);
    await expect.poll(shown, patient).toEqual([expect.stringMatching(/Told away #1 succeeded/)]);
    for (const each of [page, other]) await show(each, true);
    for (const each of [page, other]) {
      await expect(each.getByText('Nothing is running')).toBeVisible();
      await expect(toastsOf(each, /Told away/)).toHaveCount(0);
    }
  });
});
