import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { addUser } from './setup/pages/accounts';
import { crawl } from './setup/pages/crawl';
import { listPages } from './setup/pages/routes';
import { buildProject, createContainer, pushImage } from './setup/pages/seeds';
import { call } from './setup/pages/server-actions';
import { expectStatus, holdAt, onHost, openBuild, patient } from './setup/steps-builds';
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
  const from = ['/', '/forbidden'];

  await test.step('projects, builds, images, pushes and people are there', async () => {
    const { project, build } = await buildProject(app, adminCookie, 'website', 'Seen by axe');
    const push = await pushImage(app, adminCookie, 'mysite:latest', `${registry.host}/seen/by-axe:1`);
    await call(app, adminCookie, 'saveSecret', { id: project, name: 'npm', value: 'a token' });
    await addUser(app, adminCookie, 'veronica', 'viewer');
    const container = await createContainer(engine.address, 'busybox:latest', `seen-by-axe-${Date.now()}`);
    const commit = await call<{ id: string }>(app, adminCookie, 'startCommit', {
      containerId: container,
      reference: 'seen/by-axe:2',
      changes: {},
      leaveOut: {},
    });
    from.push(`/commits/new?container=${container}`, `/commits/${commit.id}`);
    await page.goto(`${app.url}/commits/${commit.id}`);
    await expectStatus(page, 'Succeeded');
    const recipe = await call<{ id: string }>(app, adminCookie, 'createFromRecipe', {
      commit: commit.id,
      name: 'By hand for axe',
      dockerfile: 'FROM busybox\n',
    });
    await expect(async () => {
      await page.goto(`${app.url}/recipes/${recipe.id}`);
      await expect(page).toHaveURL(/\/projects\//, { timeout: 5000 }); // it leads there when it is made
    }).toPass(patient);
    const byHand = new URL(page.url()).pathname;
    const proof = await startBuild(app, adminCookie, byHand.split('/')[2] ?? '');
    await openBuild(page, app, proof);
    await expectStatus(page, 'Succeeded');
    from.push(`/recipes/${recipe.id}`, byHand, `/commits/${commit.id}/dockerfile`);
    const startWorkbench = () =>
      call<{ id: string }>(app, adminCookie, 'startFromImage', { image: 'busybox:latest', options: {} });
    const over = await startWorkbench();
    await page.goto(`${app.url}/workbenches/${over.id}`);
    await call(app, adminCookie, 'endShell', over);
    from.push(`/workbenches/${over.id}/replay`, `/workbenches/${(await startWorkbench()).id}`);
    const pull = await call<{ id: string }>(app, adminCookie, 'startPull', {
      reference: `${registry.host}/seen/by-axe:1`,
    });
    from.push(`/images/work/${pull.id}`);
    const fails = 'FROM busybox\nRUN echo going; echo wrong >&2; exit 3\n';
    const failing = await newProject('Fails for axe', { Dockerfile: fails });
    const failed = await startBuild(app, adminCookie, failing.id);
    await openBuild(page, app, failed);
    await expectStatus(page, 'Failed');
    // Nothing links to the page that kinds without one of their own share; it shows every kind.
    from.push(`/builds/compare?from=${build}&to=${failed}`);
    from.push(`/builds/${build}`, `/builds/${failed}`, `/pushes/${push}`, `/operations/${push}`);
  });

  await test.step('a build that runs is seen while it runs', async () => {
    const runs = { Dockerfile: `FROM busybox\nRUN echo waiting; ${holdAt(gates.url('axe'))}\n` };
    const running = await newProject('Runs for axe', runs, onHost);
    const build = await startBuild(app, adminCookie, running.id);
    await gates.reached('axe');
    await openBuild(page, app, build);
    await expectStatus(page, 'Running');
    await look('a build that runs');
    await page.goto(app.url);
    await expect(page.getByRole('region', { name: 'What runs' })).toBeVisible();
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
    await expect(page.getByRole('button', { name: 'Create the administrator' })).toBeVisible();
    await look('/setup');
    await page.context().clearCookies();
    await page.goto(`${app.url}/login`);
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await look('/login');
  });

  expect([...new Set(found)]).toEqual([]);
});
