import { press, tabTo, type } from './setup/pages/keyboard';
import { administrator } from './setup/sign-in';
import { expectStatus, patient, stepHead } from './setup/steps-builds';
import { expect, test } from './setup/steps-test';

test('the main job can be done from the sign-in to the digest with a keyboard alone', async ({
  app,
  registry,
  newPerson,
  signedInCookies,
}) => {
  test.setTimeout(180_000);
  expect(signedInCookies).toHaveLength(1); // the administrator is there
  const { page, context } = await newPerson();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);

  await test.step('signing in', async () => {
    await page.goto(`${app.url}/login`);
    await tabTo(page, page.getByLabel('User name'));
    await page.keyboard.type(administrator.name);
    await tabTo(page, page.getByRole('textbox', { name: 'Password' }));
    await page.keyboard.type(administrator.password);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`${app.url}/`, { timeout: 60_000 });
  });

  await test.step('a project is made from a template', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible();
    await page.keyboard.type('new project');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'New project' })).toBeVisible();
    await press(page, page.getByRole('link', { name: 'Skip to content' }));
    await press(page, page.getByRole('button', { name: 'Use Website from an archive' }));
    await expect(page.getByLabel('Name of the project')).toBeFocused();
    await type(page, 'By keyboard');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'By keyboard' })).toBeVisible(patient);
  });

  await test.step('it is built, and its log is read', async () => {
    await press(page, page.getByRole('button', { name: 'Build', exact: true }));
    await expect(page.getByRole('heading', { level: 1, name: 'By keyboard #1' })).toBeVisible(patient);
    await expectStatus(page, 'Succeeded');
    const head = stepHead(page, /RUN mv/);
    if ((await head.getAttribute('aria-expanded')) === 'false') await press(page, head);
    await expect(head).toHaveAttribute('aria-expanded', 'true');
    await tabTo(page, head);
    await page.keyboard.press('Enter');
    await expect(head).toHaveAttribute('aria-expanded', 'false');
  });

  await test.step('it is pushed, and the digest is copied', async () => {
    await press(page, page.getByRole('button', { name: /^Push/ }));
    await expect(page.getByLabel('Repository')).toBeFocused();
    const registries = page.getByLabel('Registry', { exact: true });
    const wanted = registries.locator('option').filter({ hasText: registry.host });
    await tabTo(page, registries, 'Shift+Tab');
    await page.keyboard.type((await wanted.textContent()) ?? '');
    await expect(registries).toHaveValue((await wanted.getAttribute('value')) ?? '');
    await tabTo(page, page.getByLabel('Repository'));
    await type(page, 'keyboard/mysite');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/pushes\//, patient);
    await expectStatus(page, 'Succeeded');
    await expect(page.getByText('Digest verified by the registry')).toBeVisible(patient);
    await press(page, page.getByRole('button', { name: /^Copy digest sha256:/ }));
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toMatch(/^sha256:[0-9a-f]{64}$/);
    const digest = await copied();
    const answer = await fetch(`http://${registry.host}/v2/keyboard/mysite/manifests/${digest}`, {
      method: 'HEAD',
      headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
    });
    expect(answer.status).toBe(200);
  });
});

test('the palette builds, pushes and changes the theme; the keys are listed, and single ones can be switched off', async ({
  newProject,
  signedInPage: page,
}) => {
  const files = { Dockerfile: 'FROM busybox\nRUN echo palette > /palette\n' };
  await newProject('Palette', files, { tags: ['from-palette'] });
  const main = page.locator('html');
  const choose = async (words: string, option: string | RegExp) => {
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible();
    await page.keyboard.type(words);
    await expect(page.getByRole('option', { name: option, selected: true })).toBeVisible();
    await page.keyboard.press('Enter');
  };

  await choose('dark', 'Dark theme Action');
  await expect(main).toHaveAttribute('data-theme', 'dark');
  await choose('system theme', /^System theme/);
  await expect(main).not.toHaveAttribute('data-theme');

  await choose('build palette', 'Build Palette Action');
  await expect(page.getByRole('heading', { level: 1, name: 'Palette #1' })).toBeVisible(patient);
  await expectStatus(page, 'Succeeded');
  await choose('push from-palette', 'Push from-palette:latest… Action');
  await expect(
    page.getByRole('dialog', { name: 'Push to a registry' }).getByLabel('Repository'),
  ).toBeFocused();
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.getByRole('switch', { name: /Single-key/ }).click();
  await page.keyboard.press('?');
  await page.keyboard.press('n');
  await choose('overview', 'Overview Page');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await expect(sheet).toBeHidden();
});
