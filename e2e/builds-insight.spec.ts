import type { Page } from '@playwright/test';
import { expectStatus, holdAt, logOf, onHost, openBuild, patient, stepHead } from './setup/steps-builds';
import { expectNoViolations } from './setup/steps-axe';
import { openView, startBuild } from './setup/steps-projects';
import { expect, test } from './setup/steps-test';

const bars = (page: Page) => page.getByRole('list', { name: 'Steps by time' });
const bar = (page: Page, words: RegExp) => bars(page).getByRole('button', { name: words });
const why = (page: Page) => page.getByRole('region', { name: 'Cache misses' });
const phone = { width: 390, height: 844 };

/** Nothing sticks out at the right: a phone does not scroll sideways. Room is kept for a scroll bar that phones lack. */
const expectNoOverflow = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
    .toBeLessThanOrEqual(0);

test('the timeline shows what runs beside what, what the end waited for, and leads to the logs', async ({
  app,
  adminCookie,
  newProject,
  signedInPage: page,
  gates,
}) => {
  const dockerfile = [
    'FROM busybox AS quick',
    `RUN ${holdAt(gates.url('quick'))}; echo quick is done > /quick`,
    'FROM busybox AS slow',
    `RUN ${holdAt(gates.url('slow'))}; sleep 2; echo slow is done | tee /slow`,
    'FROM busybox',
    'COPY --from=quick /quick /quick',
    'COPY --from=slow /slow /slow',
    'RUN echo both are here',
    '',
  ].join('\n');
  const { id } = await newProject('timeline', { Dockerfile: dockerfile }, onHost);

  await test.step('live, both stages run at once', async () => {
    await openBuild(page, app, await startBuild(app, adminCookie, id));
    await gates.reached('quick');
    await gates.reached('slow');
    for (const words of [/^Running.*quick is done/, /^Running.*slow is done/])
      await expect(bar(page, words)).toBeVisible(patient);
    await expect(bar(page, /both are here/)).toHaveAccessibleName(/waiting/);
    gates.open('quick');
    await expect(bar(page, /quick is done/)).toHaveAccessibleName(/^Done.*took/);
    await expect(bar(page, /slow is done/)).toHaveAccessibleName(/^Running.*running for/);
    gates.open('slow');
    await expectStatus(page, 'Succeeded');
  });

  await test.step('afterwards, the slow one is on the critical path, and the quick one is not', async () => {
    await page.reload();
    const path = /on the critical path/;
    await expect(bar(page, /slow is done/)).toHaveAccessibleName(path);
    await expect(bar(page, /COPY --from=slow/)).toHaveAccessibleName(path);
    await expect(bar(page, /both are here/)).toHaveAccessibleName(path);
    await expect(bar(page, /quick is done/)).not.toHaveAccessibleName(path);
    await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(/on the critical path/);
  });

  await test.step('a step’s figures are shown on hover; choosing it leads to its log', async () => {
    const slow = bar(page, /slow is done/);
    await slow.hover();
    await expect(
      page.getByText(/started at .*, on the critical path, 1 line of output/).last(),
    ).toBeVisible();
    await slow.click();
    const head = stepHead(page, /slow is done/);
    await expect(head).toBeFocused();
    await expect(head).toHaveAttribute('aria-expanded', 'true');
    await expect(logOf(page).getByText('slow is done', { exact: true })).toBeInViewport();
    await expectNoViolations(page);
  });

  await test.step('the keyboard alone, on a phone, does the same', async () => {
    await page.setViewportSize(phone);
    await page.reload();
    await expectNoOverflow(page);
    // One stop for the Tab key; the arrows go from row to row.
    await bars(page).getByRole('button').first().focus();
    await page.keyboard.press('End');
    const wanted = bar(page, /both are here/);
    for (let count = 0; count < 3; count += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('ArrowUp');
    }
    await expect(wanted).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(bars(page).locator(':focus')).toHaveCount(0);
    await page.keyboard.press('Shift+Tab');
    await expect(wanted).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(stepHead(page, /both are here/)).toBeFocused();
    await expect(logOf(page).getByText('both are here', { exact: true })).toBeInViewport();
  });
});

const shop = `FROM busybox
ARG EDITION=first
COPY menu.txt prices /srv/
RUN echo "edition $EDITION"
RUN echo last step
`;

test('a build says why its first step ran again, and two builds can be compared', async ({
  app,
  engine,
  adminCookie,
  newProject,
  signedInPage: page,
}) => {
  test.setTimeout(180_000);
  const project = await newProject(
    'shop',
    {
      // What no other test builds: otherwise the first build would find its steps in the cache.
      Dockerfile: shop.replace('last step', `last step ${Date.now()}`),
      'menu.txt': `soup ${Date.now()}`,
      'prices/soup.txt': '3',
      'README.md': 'not copied',
    },
    { tags: ['shop/menu:1'] },
  );
  const build = async (options: Parameters<typeof startBuild>[3] = { tags: ['shop/menu:1'] }) => {
    const id = await startBuild(app, adminCookie, project.id, options);
    await openBuild(page, app, id);
    await expectStatus(page, 'Succeeded');
    return id;
  };

  const first = await build();
  await expect(why(page)).toHaveCount(0); // it is the first: there is nothing that it could be compared with
  await expect(page.getByRole('link', { name: 'shop', exact: true })).toHaveAttribute(
    'href',
    `/projects/${project.id}`,
  );

  await test.step('nothing changed; a file that no instruction takes is nothing either', async () => {
    project.write('README.md', 'changed, and still not copied');
    await build();
    await expect(why(page)).toContainText('No cache misses: every step was cached.');
    await expect(page.getByRole('main')).toContainText('3 of 3 cached');
  });

  await test.step('one file changed', async () => {
    project.write('prices/soup.txt', '4.50');
    await build();
    await expect(why(page)).toContainText('COPY menu.txt prices /srv/');
    await expect(why(page)).toContainText('The file prices/soup.txt changed.');
    await expect(why(page).getByRole('list', { name: 'Changed files' })).toContainText('1 B → 4 B');
    await expect(why(page)).toContainText('2 later steps were invalidated.');
    await expect(why(page)).toContainText('compared with #2');
    await expectNoViolations(page);
  });

  await test.step('one instruction changed', async () => {
    project.write('Dockerfile', shop.replace('last step', 'the very last step'));
    await build();
    await expect(why(page)).toContainText('The instruction changed.');
    const change = why(page).getByRole('list', { name: 'Instruction before and after' });
    await expect(change.getByRole('listitem')).toHaveText([
      /removed: RUN echo last step/,
      /added: RUN echo the very last step/,
    ]);
    await expect(why(page).getByRole('link', { name: 'Line 5' })).toBeVisible();
  });

  await test.step('one argument changed', async () => {
    await build({ tags: ['shop/menu:1'], buildArgs: [{ name: 'EDITION', value: `second ${Date.now()}` }] });
    await expect(why(page)).toContainText('The argument EDITION changed.');
    await expect(why(page)).toContainText(/was first, is second/);
    await expect(why(page).getByRole('link', { name: 'Line 4' })).toBeVisible();
  });

  await test.step('no cache was asked for', async () => {
    await build({ tags: ['shop/menu:1'], noCache: true });
    await expect(why(page)).toContainText('The option “Ignore the cache” was on.');
  });

  await test.step('the engine’s cache is gone', async () => {
    expect((await engine.call('/build/prune?all=true', 'POST')).status).toBe(200);
    await build();
    await expect(why(page)).toContainText('No known change since #6.');
    await expect(why(page)).toContainText('build cache was pruned');
  });

  await test.step('the classic builder tells the same, and has a timeline too', async () => {
    await build({ builder: 'classic' });
    await expect(why(page)).toContainText('Different builder.');
    project.write('menu.txt', 'stew');
    await build({ builder: 'classic' });
    await expect(why(page)).toContainText('The file menu.txt changed.');
    await expect(bar(page, /COPY menu.txt/)).toHaveAccessibleName(/took .*, on the critical path/);
  });

  await test.step('compared with the first build, from the history', async () => {
    await page.goto(`${app.url}/projects/${project.id}`);
    await openView(page, 'Builds');
    await page.getByLabel('Select shop #1').check();
    await page.getByLabel('Select shop #5').check();
    await page.getByRole('link', { name: 'Compare', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Compare builds' })).toBeVisible(patient);
    await expect(page.getByRole('list', { name: 'Dockerfile changes' })).toContainText('the very last step');
    const files = page.getByRole('list', { name: 'Changed files' });
    await expect(files.getByRole('listitem')).toHaveCount(3);
    await expect(files).toContainText('README.md');
    await expect(
      page.getByRole('table', { name: 'Options that differ' }).getByRole('row', { name: /Build arguments/ }),
    ).toContainText('EDITION=second');
    await expect(page.getByRole('table', { name: 'Base images' })).toContainText('same');
    const steps = page.getByRole('table', { name: 'Step durations' });
    await expect(steps.getByRole('row', { name: /the very last step/ })).toContainText('RUN echo last step');
    await expect(steps.getByRole('row', { name: /COPY menu.txt/ })).toContainText('cached');
    await expect(
      page.getByRole('table', { name: 'Layers' }).getByRole('row', { name: /COPY menu.txt/ }),
    ).toContainText('+3 B');
    await expectNoViolations(page);
    await page.setViewportSize(phone);
    await expectNoOverflow(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByLabel('After').selectOption({ label: 'shop #2, Succeeded' });
    await page.getByRole('button', { name: 'Compare' }).click();
    await expect(page.getByRole('region', { name: 'Dockerfile' })).toContainText('No differences.');
    await expect(page.getByRole('region', { name: 'Options' })).toContainText('No differences.');
  });

  await test.step('the trend of the project leads to its builds', async () => {
    await page.goto(`${app.url}/projects/${project.id}/builds`);
    const trend = page.getByRole('region', { name: 'Trend' });
    await expect(trend).toContainText('over the last 9 builds');
    await expect(trend).toContainText('0% to 100%');
    await page.setViewportSize(phone);
    await expectNoOverflow(page);
    await trend.getByText('Show as a table').click();
    const table = trend.getByRole('table', { name: /^Duration, size and cache share/ });
    await expect(table.getByRole('row', { name: /#2/ })).toContainText('100%');
    await expectNoViolations(page);
    await table.getByRole('link', { name: '#1', exact: true }).click();
    await expect(page).toHaveURL(`${app.url}/builds/${first}`);
  });
});

test('a build on a base that was rebuilt names the base as the cause', async ({
  app,
  adminCookie,
  newProject,
  signedInPage: page,
}) => {
  const stamp = Date.now();
  const base = await newProject(
    'site base',
    { Dockerfile: `FROM busybox\nRUN echo ${stamp} > /base\n` },
    { tags: ['site-base:1'] },
  );
  const site = await newProject('site', { Dockerfile: 'FROM site-base:1\nRUN cat /base\n' });
  const build = async (id: string, tags: string[]) => {
    await openBuild(page, app, await startBuild(app, adminCookie, id, { tags }));
    await expectStatus(page, 'Succeeded');
  };
  await build(base.id, ['site-base:1']);
  await build(site.id, []);
  base.write('Dockerfile', `FROM busybox\nRUN echo again ${stamp} > /base\n`);
  await build(base.id, ['site-base:1']);
  await build(site.id, []);
  await expect(why(page)).toContainText('The base image site-base:1 changed.');
  await expect(why(page)).toContainText(/was .*[0-9a-f]{12}.*, is .*[0-9a-f]{12}/);
});
