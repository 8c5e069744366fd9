import { execFileSync } from 'node:child_process';
import { AxeBuilder } from '@axe-core/playwright';
import { type GitServer, startGitServer } from '@/lib/projects/git/test-server';
import { expectStatus } from './setup/steps-builds';
import { call } from './setup/pages/server-actions';
import { fileLink, openView, toast } from './setup/steps-projects';
import { expect, test } from './setup/steps-test';

const secret = 'a token that nobody shall see';
let server: GitServer;
test.beforeAll(async () => {
  server = await startGitServer(secret);
});
test.afterAll(() => server.close());

test('a project comes from a Git repository, is built, refreshed, and keeps its files when that fails', async ({
  app,
  adminCookie,
  signedInPage: page,
}) => {
  const site = {
    'site/Dockerfile': 'FROM busybox\nCOPY index.html /www/\n',
    'site/index.html': 'first\n',
    other: '',
  };
  server.commit(site);
  const form = page.getByRole('region', { name: 'Repository' });

  await test.step('this machine is not asked before an administrator allows it', async () => {
    await page.goto(`${app.url}/projects/new`);
    await page.getByRole('link', { name: 'Connect repository' }).click();
    await form.getByLabel('Repository URL').fill('ftp://example.org/x');
    await form.getByRole('button', { name: 'Fetch and create' }).click();
    await expect(form.getByLabel('Repository URL')).toHaveAccessibleDescription(/is not allowed/);
    await form.getByLabel('Repository URL').fill(`${server.url}site.git`);
    await expect(form.getByLabel('Name of the project')).toHaveValue('site');
    await form.getByLabel('Name of the project').fill('Not asked');
    await form.getByRole('button', { name: 'Fetch and create' }).click();
    await expect(form.getByLabel('Repository URL')).toHaveAccessibleDescription(/not an allowed/);
    expect(server.asked).toEqual([]);
    await page.goto(`${app.url}/settings/git`);
    const saving = page.getByRole('button', { name: 'Save', exact: true });
    await page.getByLabel('HTTPS proxy').fill('http://127.0.0.1:9');
    await saving.click();
    await expect(page.getByLabel('Allowed servers')).toHaveAccessibleDescription(
      /List the allowed servers, too/,
    );
    await page.getByLabel('HTTPS proxy').fill('');
    await page.getByLabel('Allow private networks').check();
    await saving.click();
    await expect(page.getByText('Saved.')).toBeVisible();
  });

  await test.step('a refused login is said, and nothing typed is lost', async () => {
    await page.goto(`${app.url}/projects/new/git`);
    await form.getByLabel('Repository URL').fill(`${server.url}site.git`);
    await form.getByLabel('Folder').fill('site');
    await form.getByLabel('Name of the project').fill('From Git');
    await form.getByLabel('User name and token').check();
    await form.getByLabel('User name', { exact: true }).fill('ada');
    await form.getByLabel('Token or password').fill('wrong');
    await form.getByRole('button', { name: 'Fetch and create' }).click();
    await expect(form.getByRole('alert')).toContainText('refused the login');
    await form.getByRole('button', { name: 'Change and try again' }).click();
    await expect(form.getByLabel('Folder')).toHaveValue('site');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  });

  await test.step('fetched, and built', async () => {
    await form.getByLabel('Token or password').fill(secret);
    await form.getByRole('button', { name: 'Fetch and create' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'From Git' })).toBeVisible();
    const panel = page.getByRole('region', { name: 'Git repository' });
    await expect(panel).toContainText(`${server.url}site.git`);
    await expect(panel).toContainText('user name and token, encrypted');
    await page.getByRole('button', { name: 'Build', exact: true }).click();
    await expectStatus(page, 'Succeeded');
    await page.goBack();
  });

  await test.step('exported, with everything in it', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      (async () => {
        await page.getByRole('button', { name: 'More for From Git' }).click();
        await page.getByRole('menuitem', { name: 'Download as .tar' }).click();
      })(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^from-git-.*\.tar$/);
    const listed = execFileSync('tar', ['-tf', await download.path()], { encoding: 'utf8' });
    expect(listed.split('\n').filter(Boolean).toSorted()).toEqual(['Dockerfile', 'index.html']);
  });

  await test.step('refreshed to what the repository has now', async () => {
    const commit = server.commit({ ...site, 'site/new.html': 'second\n' });
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('button', { name: 'Replace files' }).click();
    await expect(toast(page, /Refreshed: 3 files of commit/)).toBeVisible();
    await expect(page.getByRole('region', { name: 'Git repository' })).toContainText(commit.slice(0, 10));
    await openView(page, 'Files');
    await expect(fileLink(page, 'new.html')).toBeVisible();
    await openView(page, 'Overview');
  });

  await test.step('a refresh that is refused changes nothing', async () => {
    server.commit({ 'site/Dockerfile': 'FROM busybox\n', 'site/leak': { link: '/etc/passwd' } });
    await page.getByRole('button', { name: 'Refresh' }).click();
    const dialog = page.getByRole('dialog', { name: 'Refresh from the repository' });
    await dialog.getByRole('button', { name: 'Replace files' }).click();
    await expect(dialog.getByRole('alert')).toContainText('“leak” is a link to an absolute path');
    await dialog.getByRole('button', { name: 'Change and try again' }).click();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await openView(page, 'Files');
    await expect(fileLink(page, 'new.html')).toBeVisible();
    await openView(page, 'Overview');
  });

  await test.step('the stored login goes to no other server', async () => {
    await page.getByRole('button', { name: 'More for the repository' }).click();
    await page.getByRole('menuitem', { name: 'Change address or login…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Repository settings' });
    await dialog.getByLabel('Repository URL').fill('https://example.org/site.git');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert')).toContainText('enter its login');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'More for the repository' }).click();
    await page.getByRole('menuitem', { name: 'Disconnect…' }).click();
    await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Git repository' })).toHaveCount(0);
  });

  await test.step('connected again, it is refreshed when that is asked for', async () => {
    server.commit({ ...site, 'site/again.html': 'third\n' });
    await page.getByRole('button', { name: 'More for From Git' }).click();
    await page.getByRole('menuitem', { name: 'Connect to a Git repository…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect to a Git repository' });
    await dialog.getByLabel('Repository URL').fill(`${server.url}site.git`);
    await dialog.getByLabel('Folder').fill('site');
    await dialog.getByLabel('User name and token').check();
    await dialog.getByLabel('User name', { exact: true }).fill('ada');
    await dialog.getByLabel('Token or password').fill(secret);
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Git repository' })).toContainText('never');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('button', { name: 'Replace files' }).click();
    await expect(toast(page, /Refreshed: 3 files of commit/)).toBeVisible();
    await openView(page, 'Files');
    await expect(fileLink(page, 'again.html')).toBeVisible();
  });

  expect(await page.content()).not.toContain(secret);
  expect(app.output()).not.toContain(secret);
  await call(app, adminCookie, 'saveGitSettings', {});
});
