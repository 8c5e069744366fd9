import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { crawl } from './setup/pages/crawl';
import { seedEveryPage } from './setup/pages/every-page';
import { listPages } from './setup/pages/routes';
import { expectStatus, holdAt, onHost, openBuild } from './setup/steps-builds';
import { startBuild } from './setup/steps-projects';
import { expect, test } from './setup/steps-test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds, a line for each place; the dark theme differs in its colours only. */
async function violations(page: Page, where: string): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const checks = theme === 'light' ? axe.withTags(tags) : axe.withRules(['color-contrast']);
    for (const { id, nodes } of (await checks.analyze()).violations)
      found.push(
        ...nodes.map(({ target, failureSummary = '' }) => {
          const why = failureSummary.split('\n').slice(1, 2).join().trim();
          return `${where} (${theme}) ${id}: ${target.join(' ')}: ${why}`;
        }),
      );
  }
  return found;
}

// The whole of axe, sent to every page, would be in the recording.
test.use({ trace: 'off' });

test('no page has anything that axe objects to, in light or dark', async ({
  app,
  engine,
  registry,
  adminCookie,
  newProject,
  gates,
  signedInPage: page,
  startApp,
}) => {
  test.setTimeout(600_000);
  const found: string[] = [];
  const look = async (where: string) => void found.push(...(await violations(page, where)));
  const from = await seedEveryPage({ app, engine, registry, adminCookie, page });

  await test.step('a build that runs is seen while it runs', async () => {
    const runs = { Dockerfile: `FROM busybox\nRUN echo waiting; ${holdAt(gates.url('axe'))}\n` };
    const running = await newProject('Runs for axe', runs, onHost);
    const build = await startBuild(app, adminCookie, running.id);
    await gates.reached('axe');
    await openBuild(page, app, build);
    await expectStatus(page, 'Running');
    await look('a build that runs');
    await page.goto(app.url);
    await expect(page.getByRole('region', { name: 'Running', exact: true })).toBeVisible();
    await look('the overview while something runs');
    gates.open('axe');
  });

  await test.step('what opens over a page', async () => {
    await page.goto(app.url);
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible();
    await look('the palette');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await look('the keyboard shortcuts');
  });

  await test.step('every page is reached by links, and looked at', async () => {
    expect.soft(await crawl(page, app, from, look)).toEqual(listPages().toSorted());
  });

  await test.step('the pages before the door', async () => {
    const fresh = await startApp();
    await page.goto(fresh.setupLink());
    await expect(page.getByRole('button', { name: 'Create administrator' })).toBeVisible();
    await look('/setup');
    await page.context().clearCookies();
    await page.goto(`${app.url}/login`);
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await look('/login');
  });

  expect([...new Set(found)]).toEqual([]);
});
