import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { fileLink, openFile, openView, toast } from './setup/steps-projects';
import { expect, test } from './setup/steps-test';

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

/** An entry of the menu of a file. */
async function chooseFromMenu(page: Page, file: string, entry: string) {
  await page.getByRole('button', { name: `More for ${file}` }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

test('files are browsed, edited, added, moved and deleted', async ({
  newProject,
  app,
  signedInPage: page,
}) => {
  const { id, directory } = await newProject('Files', {
    'www/index.html': 'first\n',
    'www/logo.png': '\0\0',
  });
  const textOf = (file: string) => readFileSync(path.join(directory, file), 'utf8');
  await page.goto(`${app.url}/projects/${id}`);
  await openView(page, 'Files');
  await fileLink(page, 'www/').click();
  await fileLink(page, 'logo.png').click();
  await expect(page.getByText('Binary file')).toBeVisible();
  await page.goBack();

  await test.step('edited, and saved by key', async () => {
    const editor = await openFile(page, 'www/index.html');
    await expect(editor).toHaveText('first');
    await editor.fill('second\n');
    await expect(page.getByText('Not saved yet')).toBeVisible();
    await page.keyboard.press('Control+s');
    await expect(toast(page, /Saved/)).toBeVisible();
    expect(textOf('www/index.html')).toBe('second\n');
  });

  await test.step('not left by accident while something is not saved', async () => {
    await page.getByRole('textbox', { name: 'Text of www/index.html' }).fill('third\n');
    await openView(page, 'Options');
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Stay here' }).click();
    await expect(page.getByRole('textbox', { name: 'Text of www/index.html' })).toHaveText('third');
    await page.getByRole('button', { name: 'Undo all changes' }).click();
    await openView(page, 'Files');
    await expect(fileLink(page, 'www/')).toBeVisible();
  });

  await test.step('added by name, with the directories in between', async () => {
    await page.getByRole('button', { name: 'New file' }).click();
    const dialog = page.getByRole('dialog', { name: 'New file' });
    await dialog.getByLabel('Name').fill('../outside');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(/must stay in the project/);
    await dialog.getByLabel('Name').fill('conf/server/httpd.conf');
    await dialog.getByRole('button', { name: 'Create' }).click();
    const editor = page.getByRole('textbox', { name: 'Text of conf/server/httpd.conf' });
    await editor.fill('Listen 80\n');
    await save(page);
    await expect(toast(page, /Saved/)).toBeVisible();
    await expect.poll(() => textOf('conf/server/httpd.conf')).toBe('Listen 80\n');
  });

  await test.step('added by upload, where an archive stays an archive', async () => {
    await openView(page, 'Files');
    await page.getByRole('button', { name: 'Upload', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^Upload into/ });
    await dialog
      .locator('input[type=file]:not([webkitdirectory])')
      .setInputFiles({ name: 'extra.tar', mimeType: 'application/x-tar', buffer: Buffer.alloc(10_240) });
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click();
    await expect(toast(page, '1 file added')).toBeVisible();
    await expect(fileLink(page, 'extra.tar')).toBeVisible();
    expect(readFileSync(path.join(directory, 'extra.tar'))).toHaveLength(10_240);
  });

  await test.step('moved, made executable and deleted', async () => {
    await chooseFromMenu(page, 'extra.tar', 'Rename or move…');
    const dialog = page.getByRole('dialog', { name: 'Rename or move' });
    await dialog.getByLabel('Path in the project').fill('www/index.html');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toContainText('“www/index.html” already exists.');
    await dialog.getByLabel('Path in the project').fill('archives/extra.tar');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(fileLink(page, 'archives/')).toBeVisible();
    await expect(fileLink(page, 'extra.tar')).toHaveCount(0);
    await chooseFromMenu(page, 'Dockerfile', 'Make executable');
    await expect(page.getByRole('row', { name: /Dockerfile/ })).toContainText('executable');
    await chooseFromMenu(page, 'www', 'Delete…');
    const question = page.getByRole('dialog', { name: 'Delete this directory?' });
    await expect(question).toContainText('www and everything in it will be gone.');
    await question.getByRole('button', { name: 'Delete directory' }).click();
    await expect(fileLink(page, 'www/')).toHaveCount(0);
    expect(existsSync(path.join(directory, 'www'))).toBe(false);
  });
});

test('of two who change a file, the second is told so and loses nothing', async ({
  newProject,
  app,
  signedInPage: page,
}) => {
  const { id, directory } = await newProject('Two editors', { 'notes.txt': 'as it was\n' });
  const address = `${app.url}/projects/${id}/files?path=notes.txt`;
  const other = await page.context().newPage();
  const field = (of: Page) => of.getByRole('textbox', { name: 'Text of notes.txt' });
  for (const each of [page, other]) {
    await each.goto(address);
    await expect(field(each)).toHaveText('as it was');
  }
  await field(page).fill('by the first\n');
  await field(other).fill('by the second\n');
  await save(page);
  await expect(toast(page, /Saved/)).toBeVisible();
  await save(other);
  const alert = other.getByRole('alert').filter({ hasText: 'Not saved' });
  await expect(alert).toContainText('was changed by another user');
  await expect(field(other)).toHaveText('by the second');
  expect(readFileSync(path.join(directory, 'notes.txt'), 'utf8')).toBe('by the first\n');

  const [newer] = await Promise.all([
    page.context().waitForEvent('page'),
    alert.getByRole('button', { name: 'Open the newer version in another tab' }).click(),
  ]);
  await expect(field(newer)).toHaveText('by the first');
  await field(newer).fill('by both\n');
  await save(newer);
  await expect(toast(newer, /Saved/)).toBeVisible();
  expect(readFileSync(path.join(directory, 'notes.txt'), 'utf8')).toBe('by both\n');
  await expect(field(other)).toHaveText('by the second');
});

test('what will be sent follows the ignore file, and warns of what looks secret', async ({
  newProject,
  app,
  signedInPage: page,
}) => {
  const { id } = await newProject('Ignoring', {
    Dockerfile: 'FROM busybox\nCOPY . /site\n',
    '.dockerignore': '',
    'site.html': 'x'.repeat(1000),
    '.env': 'PASSWORD=x\n',
    'videos/large.mp4': 'x'.repeat(2_000_000),
  });
  const sent = page.getByRole('region', { name: 'Build context', exact: true });
  await page.goto(`${app.url}/projects/${id}`);
  await expect(sent).toContainText('2 MB');
  await expect(sent).toContainText('in 5 files');
  await expect(sent.getByText('Review these before they go into an image')).toBeVisible();
  await expect(sent.getByRole('listitem').filter({ hasText: '.env' }).first()).toBeVisible();
  await expect(sent.getByRole('link', { name: 'videos/large.mp4' })).toBeVisible();

  await openView(page, 'Files');
  const editor = await openFile(page, '.dockerignore');
  await editor.fill('videos\n.env\n');
  await save(page);
  await expect(toast(page, /Saved/)).toBeVisible();
  await openView(page, 'Overview');
  await expect(sent).toContainText('in 3 files');
  await expect(sent).toContainText('.dockerignore excludes 2 files (2 MB)');
  await expect(sent.getByRole('link', { name: 'videos/large.mp4' })).toHaveCount(0);
  await expect(sent.getByText('Review these before they go into an image')).toHaveCount(0);

  await openView(page, 'Files');
  await chooseFromMenu(page, 'Dockerfile', 'Delete…');
  await page.getByRole('button', { name: 'Delete file' }).click();
  await expect(fileLink(page, 'Dockerfile')).toHaveCount(0);
  await openView(page, 'Overview');
  await expect(sent.getByText('Cannot be built yet')).toBeVisible();
});

test('a click leaves a file or directory out of what is sent, and the file itself stays', async ({
  newProject,
  app,
  signedInPage: page,
}) => {
  const { id, directory } = await newProject('Tree', {
    Dockerfile: 'FROM busybox\nCOPY . /site\n',
    'site/index.html': 'x'.repeat(1000),
    'site/keys/id_ed25519': 'x'.repeat(400),
    'node_modules/big/file.js': 'x'.repeat(3_000_000),
  });
  await page.goto(`${app.url}/projects/${id}`);
  const tree = page.getByRole('region', { name: 'Files of the build context' });
  const entry = (name: string) =>
    tree.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) });
  await expect(tree.getByRole('listitem').first()).toContainText('node_modules/1 file');
  await expect(entry('site/')).toContainText('1 warning');

  await tree.getByRole('button', { name: 'Ignore node_modules' }).click();
  await expect(toast(page, 'node_modules excluded')).toBeVisible();
  await expect(entry('node_modules/')).toContainText('excluded');
  await tree.getByRole('button', { name: 'Contents of site' }).click();
  await tree.getByRole('button', { name: 'Contents of keys' }).click();
  await expect(entry('id_ed25519').last()).toContainText('looks like a private SSH key');
  await tree.getByRole('button', { name: 'Contents of keys' }).press('ArrowLeft');
  await expect(entry('id_ed25519')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(entry('id_ed25519').last()).toContainText('looks like a private SSH key');
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('link', { name: 'id_ed25519' })).toBeFocused();
  await tree.getByRole('button', { name: 'Ignore site/keys/id_ed25519' }).click();
  await expect(page.getByText('Review these before they go into an image')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Build context', exact: true })).toContainText(
    '.dockerignore excludes 2 files (3 MB)',
  );
  expect(readFileSync(path.join(directory, '.dockerignore'), 'utf8')).toBe(
    '# Files excluded from the build context, one pattern per line\n.git\nnode_modules\nsite/keys/id_ed25519\n',
  );
  expect(existsSync(path.join(directory, 'site/keys/id_ed25519'))).toBe(true);
});
