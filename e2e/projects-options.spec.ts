import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { App } from './setup/app';
import { expectStatus, openBuild } from './setup/steps-builds';
import { fileLink, openView, startBuild, toast } from './setup/steps-projects';
import { expect, test } from './setup/steps-test';

const dockerfile = `ARG BASE=busybox
FROM $BASE AS build
ARG GREETING="hello there"
RUN echo "$GREETING"
FROM build AS final
`;

test('options offer what the Dockerfile has, and say at its field what is wrong', async ({
  newProject,
  app,
  signedInPage: page,
}) => {
  const { id } = await newProject('Options', { Dockerfile: dockerfile });
  await page.goto(`${app.url}/projects/${id}/options`);
  const field = (label: string) => page.getByLabel(label, { exact: true });
  const target = page.getByRole('combobox', { name: /^Target \(optional\)/ });
  await expect(target.getByRole('option')).toHaveText(['Final stage', 'build', 'final']);
  await expect(field('BASE')).toHaveAttribute('placeholder', 'busybox');
  await expect(field('GREETING')).toHaveAttribute('placeholder', 'hello there');
  await page.getByLabel('Builder').selectOption('classic');

  const wrong: [label: string, value: string, words: RegExp][] = [
    ['Platform (optional)', 'windows', /linux\/arm64/],
    ['Memory (optional)', 'lots', /Enter a size/],
    ['CPUs (optional)', 'all', /Enter a number/],
    ['Extra hosts (optional)', 'db:10.0.0.5\ncache', /Line 2: Enter “name:address”/],
    ['Ulimits (optional)', 'speed=1:2', /Use one of/],
  ];
  for (const [label, value] of wrong) await field(label).fill(value);
  await page.getByRole('button', { name: 'Add tag' }).click();
  await field('Tag 1').fill('My Site');
  await page.getByRole('button', { name: 'Add target' }).click();
  await field('Target 1: repository').fill('myadmin/mysite:2');
  await page.getByRole('button', { name: 'Add label' }).click();
  await field('Label 1: name').fill('two words');
  await page.getByRole('button', { name: 'Save options' }).click();

  await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toContainText('marked');
  for (const [label, value, words] of wrong) {
    await expect(field(label)).toHaveAccessibleDescription(words);
    await expect(field(label)).toHaveValue(value);
  }
  for (const label of ['Tag 1', 'Target 1: repository', 'Label 1: name'])
    await expect(field(label)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Enter the repository without a tag.')).toBeVisible();

  const right = ['linux/amd64', '512m', '1.5', 'db:10.0.0.5\ncache:10.0.0.6', 'nofile=1024:2048'];
  for (const [index, [label]] of wrong.entries()) await field(label).fill(right[index] ?? '');
  await field('Tag 1').fill('my/site:1');
  await field('Target 1: repository').fill('myadmin/mysite');
  await field('Label 1: name').fill('team');
  await field('GREETING').fill('good evening');
  await target.selectOption('build');
  await page.getByRole('button', { name: 'Save options' }).click();
  await expect(toast(page, 'Options saved')).toBeVisible();
  await page.reload();
  for (const [index, [label]] of wrong.entries()) await expect(field(label)).toHaveValue(right[index] ?? '');
  await expect(field('Tag 1')).toHaveValue('my/site:1');
  await expect(field('GREETING')).toHaveValue('good evening');
  await expect(target).toHaveValue('build');

  // What the builder does not honour cannot be chosen, and says why.
  await page.getByLabel('Builder').selectOption('buildkit');
  await expect(field('Memory (optional)')).toBeDisabled();
  await expect(field('Memory (optional)')).toHaveAccessibleDescription(/BuildKit/);
});

/** Whether any file of the server's data has a text in it. */
function isStored(app: App, text: string): boolean {
  const files = readdirSync(app.dataDirectory, { recursive: true, withFileTypes: true });
  return files.some(
    (file) => file.isFile() && readFileSync(path.join(file.parentPath, file.name)).includes(text),
  );
}

test('secrets are written, replaced and removed, and never read back', async ({
  newProject,
  app,
  signedInPage: page,
}) => {
  const { id } = await newProject('Secrets', {});
  const address = `${app.url}/projects/${id}/secrets`;
  const values = [`first-${Date.now()}-value`, `second-${Date.now()}-value`];
  const put = async (name: string, value: string, press: string) => {
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByLabel('Value').fill(value);
    await page.getByRole('button', { name: press }).click();
  };
  await page.goto(address);
  await put('not valid!', 'x', 'Add secret');
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription(
    /A secret name can contain letters/,
  );
  await expect(page.getByLabel('Value')).toHaveValue('x');
  await put('npm_token', values[0]!, 'Add secret');
  await expect(toast(page, 'Secret added')).toBeVisible();
  await expect(page.getByLabel('Value')).toHaveValue('');
  const row = page.getByRole('row', { name: /npm_token/ });
  await expect(row).toContainText('available');
  await put('npm_token', values[1]!, 'Replace secret');
  await expect(toast(page, 'Secret replaced')).toBeVisible();

  for (const view of ['', '/options', '/secrets', '/build']) {
    const text = await (await page.request.get(`${app.url}/projects/${id}${view}`)).text();
    for (const value of values) expect(text, view).not.toContain(value);
  }
  expect(isStored(app, 'npm_token')).toBe(true);
  for (const value of values) expect(isStored(app, value)).toBe(false);

  await openView(page, 'Options');
  await page.getByRole('checkbox', { name: 'npm_token' }).uncheck();
  await page.getByRole('button', { name: 'Save options' }).click();
  await expect(toast(page, 'Options saved')).toBeVisible();
  await openView(page, 'Secrets');
  await expect(row).toContainText('disabled in the options');
  await row.getByRole('button', { name: 'Remove npm_token' }).click();
  const question = page.getByRole('dialog', { name: 'Remove this secret?' });
  await expect(question).toContainText('The value of npm_token will be gone');
  await question.getByRole('button', { name: 'Remove secret' }).click();
  await expect(row).toHaveCount(0);
});

const chooseFromMenu = async (page: Page, project: string, entry: string) => {
  await page.getByRole('button', { name: `More for ${project}`, exact: true }).click();
  await page.getByRole('menuitem', { name: entry }).click();
};

test('a project is renamed, duplicated and deleted, after saying what will be gone', async ({
  newProject,
  app,
  adminCookie,
  signedInPage: page,
}) => {
  await newProject('Taken', {});
  const { id, directory } = await newProject('Httpd', { 'www/index.html': 'hello\n' }, { tags: ['httpd:1'] });
  const build = await startBuild(app, adminCookie, id);
  await openBuild(page, app, build);
  await expectStatus(page, 'Succeeded');
  await page.goto(`${app.url}/projects/${id}/secrets`);
  await page.getByRole('textbox', { name: 'Name' }).fill('token');
  await page.getByLabel('Value').fill('value');
  await page.getByRole('button', { name: 'Add secret' }).click();
  await expect(toast(page, 'Secret added')).toBeVisible();

  await test.step('renamed', async () => {
    await chooseFromMenu(page, 'Httpd', 'Rename…');
    const dialog = page.getByRole('dialog', { name: 'Rename Httpd' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Taken');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription(/Taken/);
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Web server');
    await dialog.getByLabel('Description').fill('The one for all sites');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Web server' })).toBeVisible();
    await expect(page.getByText('The one for all sites')).toBeVisible();
  });

  await test.step('duplicated, with files and options and without secrets', async () => {
    await chooseFromMenu(page, 'Web server', 'Duplicate…');
    const dialog = page.getByRole('dialog', { name: 'Duplicate Web server' });
    await expect(dialog).toContainText('Secrets are not');
    await dialog.getByRole('button', { name: 'Duplicate' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Web server copy' })).toBeVisible();
    await openView(page, 'Files');
    await expect(fileLink(page, 'www/')).toBeVisible();
    await openView(page, 'Secrets');
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeVisible();
    await expect(page.getByRole('row', { name: /token/ })).toHaveCount(0);
    await openView(page, 'Options');
    await expect(page.getByLabel('Tag 1')).toHaveValue('httpd:1');
  });

  await test.step('deleted', async () => {
    await page.goto(`${app.url}/projects`);
    await page.getByRole('searchbox', { name: 'Search projects' }).fill('one for all');
    await chooseFromMenu(page, 'Web server', 'Delete…');
    const question = page.getByRole('dialog', { name: 'Delete Web server?' });
    await expect(question).toContainText(/This removes 3 files \(.*\), its options and 1 secret for good\./);
    await expect(question).toContainText('and 1 build in the history');
    await question.getByRole('button', { name: 'Delete project' }).click();
    await expect(toast(page, 'Web server was deleted')).toBeVisible();
    expect(existsSync(directory)).toBe(false);
    await page.getByRole('searchbox', { name: 'Search projects' }).fill('');
    await expect(page.getByRole('link', { name: 'Web server copy' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Web server', exact: true })).toHaveCount(0);
    await openBuild(page, app, build);
    await expectStatus(page, 'Succeeded');
    await expect(page.getByRole('button', { name: 'Build again' })).toHaveCount(0);
  });
});
