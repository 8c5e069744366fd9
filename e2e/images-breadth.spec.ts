import type { Page } from '@playwright/test';
import { formatBytes } from '@/lib/format/bytes';
import { openImage } from './setup/pages/images';
import { alertOf } from './setup/pages/seen';
import { buildAtEngine, createContainer, inspectAtEngine, pushImage } from './setup/pages/seeds';
import { call } from './setup/pages/server-actions';
import { expect, test } from './setup/pages/test';

const endOf = (page: Page) => page.locator('main header').getByRole('status').first();

async function pull(page: Page, url: string, reference: string) {
  await page.goto(`${url}/images/add`);
  await page.getByLabel('Image', { exact: true }).fill(reference);
  await page.getByRole('button', { name: 'Pull', exact: true }).click();
  await expect(page).toHaveURL(/\/images\/work\/[0-9a-z]{16}$/);
}

test('an image is pulled layer by layer with the login that is stored, and is then the one that was pushed', async ({
  app,
  engine,
  signedInPage: page,
  adminCookie,
  startRegistry,
}) => {
  const login = { user: 'ann', password: 'a password for pulling' };
  const { host } = await startRegistry({ htpasswd: login });
  const reference = `${host}/pulled/site:1`;
  const id = await buildAtEngine(
    engine.address,
    reference,
    'FROM busybox\nRUN dd if=/dev/urandom of=/a bs=1k count=900\nRUN dd if=/dev/urandom of=/b bs=1k count=300',
  );

  await test.step('without a login the registry refuses, and that is said', async () => {
    await page.goto(`${app.url}/images/add`);
    await page.getByLabel('Image', { exact: true }).fill(reference);
    await expect(page.getByText(`No login is stored for ${host}: the pull is anonymous.`)).toBeVisible();
    await page.getByRole('button', { name: 'Pull', exact: true }).click();
    await expect(endOf(page)).toHaveText('Failed');
    await expect(alertOf(page).first()).toContainText(`${host} requires a login, and none was sent.`);
  });

  const stored = { host, scheme: 'http', username: login.user, password: login.password };
  await call(app, adminCookie, 'addRegistry', stored);
  await pushImage(app, adminCookie, id, reference);
  await engine.call(`/images/${id}?force=true`, 'DELETE');
  expect(await inspectAtEngine(engine.address, id)).toBeNull();

  await test.step('its two new layers come, the base is here already', async () => {
    await page.goto(`${app.url}/images`);
    await page.getByRole('link', { name: 'Add images…' }).click();
    await page.getByRole('button', { name: host, exact: true }).click();
    await page.getByLabel('Image', { exact: true }).fill(`${host}/pulled/site:1`);
    await expect(page.getByText(`Uses the login of ann that is stored for ${host}.`)).toBeVisible();
    await page.getByRole('button', { name: 'Pull', exact: true }).click();
    await expect(endOf(page)).toHaveText('Succeeded');
    const layers = page.getByRole('region', { name: 'Layers' }).getByRole('listitem');
    await expect(layers).toHaveCount(3);
    await expect(layers.filter({ hasText: 'Pulled' })).toHaveCount(2);
    await expect(layers.filter({ hasText: 'Already present' })).toHaveCount(1);
    await expect(page.getByText('Pulled into the engine')).toBeVisible();
    expect((await inspectAtEngine(engine.address, reference))?.Id).toBe(id);
    await page.getByRole('link', { name: reference }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: reference })).toBeVisible();
  });

  await pull(page, app.url, reference);
  await expect(page.getByText('Already up to date')).toBeVisible();
});

test('what cannot be pulled is said in plain words', async ({
  app,
  signedInPage: page,
  registry: { host },
}) => {
  await page.goto(`${app.url}/images/add`);
  await page.getByLabel('Image', { exact: true }).fill('Not A Name');
  await expect(page.getByRole('button', { name: 'Pull', exact: true })).toBeDisabled();
  const failures: [reference: string, said: string][] = [
    [`${host}/nobody/has-this:1`, `${host} has no such image`],
    ['no-such-host.invalid:5000/a:1', 'cannot resolve no-such-host.invalid'],
    ['127.0.0.1:1/a:1', 'Connection refused by 127.0.0.1:1.'],
  ];
  for (const [reference, said] of failures) {
    await pull(page, app.url, reference);
    await expect(endOf(page), reference).toHaveText('Failed');
    await expect(alertOf(page).first(), reference).toContainText(said);
    await expect(page.getByRole('button', { name: 'Pull again' })).toBeVisible();
  }
});

test('several images are removed at once: what goes and what stays is said before, and it happens so', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const large = await buildAtEngine(
    engine.address,
    'several/large:1',
    'FROM busybox\nRUN dd if=/dev/zero of=/large bs=1k count=500',
  );
  const stopped = await buildAtEngine(engine.address, 'several/stopped:1', 'FROM busybox\nRUN echo s > /s');
  const parent = await buildAtEngine(engine.address, 'several/parent:1', 'FROM busybox\nRUN echo p > /p');
  await buildAtEngine(engine.address, 'not-chosen/child:1', 'FROM several/parent:1\nRUN echo c > /c');
  const container = await createContainer(engine.address, stopped, 'holds-several');

  await page.goto(`${app.url}/images?q=several/&sort=name`);
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
  await expect(row('several/large:1')).toContainText(formatBytes(512_000));
  await page.getByLabel('Select all on this page').check();
  await page.getByRole('button', { name: 'Remove…', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove 3 images?' });
  const going = dialog.getByRole('list', { name: 'Images to remove' }).getByRole('listitem');
  const staying = dialog.getByRole('list', { name: 'Images to keep' }).getByRole('listitem');
  await expect(going).toHaveText(['several/large:1']);
  await expect(dialog).toContainText(`frees up to ${formatBytes(512_000)}`);
  await expect(staying.filter({ hasText: 'several/parent:1' })).toContainText(
    'The engine keeps what these were made from: not-chosen/child:1.',
  );
  await expect(staying.filter({ hasText: 'several/stopped:1' })).toContainText(
    '1 stopped container was made from it: holds-several.',
  );
  await dialog.getByLabel('Also remove images of stopped containers').check();
  await expect(going).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Remove 2 images' }).click();

  await expect(page).toHaveURL(/\/images\/work\/[0-9a-z]{16}$/);
  await expect(endOf(page)).toHaveText('Succeeded');
  const board = page.getByRole('region', { name: 'Images' });
  await expect(board).toContainText('2 of 2 removed');
  expect(await inspectAtEngine(engine.address, large)).toBeNull();
  expect(await inspectAtEngine(engine.address, stopped)).toBeNull();
  expect(await inspectAtEngine(engine.address, parent)).not.toBeNull();
  await engine.call(`/containers/${container}`, 'DELETE');
});

test('a clean-up lists what it would take, takes exactly that, and leaves what is in use', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const build = (words: string) =>
    buildAtEngine(engine.address, 'cleaned/site:1', `FROM busybox\nRUN echo ${words} > /words`);
  const left = await build('first');
  const held = await build('second');
  const now = await build('third');
  const container = await createContainer(engine.address, held, 'holds-untagged');
  await page.goto(`${app.url}/images`);
  await page.getByRole('link', { name: 'Clean up…' }).click();
  const table = page.getByRole('table', { name: 'Clean-up preview' });
  await expect(table.getByRole('row', { name: new RegExp(left.slice(7, 19)) })).toContainText('Remove');
  await expect(table).not.toContainText(held.slice(7, 19));
  await expect(table).not.toContainText('cleaned/site:1');

  await page
    .getByLabel('Images to remove', { exact: true })
    .selectOption({ label: 'Not used by a container' });
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(table).toContainText('cleaned/site:1');
  await page.getByLabel('Age', { exact: true }).selectOption({ label: 'Older than a month' });
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to clean up' })).toBeVisible();

  await page.goto(`${app.url}/images/clean-up`);
  await page.getByRole('button', { name: /^Remove \d+ images?…$/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Remove \d+ images?$/ })
    .click();
  await expect(page).toHaveURL(/\/images\/work\/[0-9a-z]{16}$/);
  await expect(endOf(page)).toHaveText('Succeeded');
  expect(await inspectAtEngine(engine.address, left)).toBeNull();
  expect(await inspectAtEngine(engine.address, held)).not.toBeNull();
  expect(await inspectAtEngine(engine.address, now)).not.toBeNull();
  await engine.call(`/containers/${container}`, 'DELETE');
  await engine.call(`/images/${held}`, 'DELETE');
});

test('images are found by registry, label, age and size', async ({ app, engine, signedInPage: page }) => {
  await buildAtEngine(
    engine.address,
    'filter-host:5000/found/one:1',
    'FROM busybox\nLABEL filtered.by=colour\nRUN dd if=/dev/urandom of=/x bs=1M count=9',
  );
  const rows = page.getByRole('table', { name: 'Images' }).getByRole('rowheader');
  await page.goto(`${app.url}/images`);
  await page.getByText('More filters').click();
  const filter = async (address: RegExp) => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await expect(page).toHaveURL(address);
    await expect(rows).toHaveText([/filter-host:5000\/found\/one:1/]);
  };
  await page.getByLabel('Registry').selectOption('filter-host:5000');
  await filter(/host=filter-host/);
  await page.getByLabel('Registry').selectOption('');
  await page.getByLabel('Label', { exact: true }).fill('filtered.by=colour');
  await filter(/label=filtered.by%3Dcolour/);
  await page.getByLabel('Size', { exact: true }).selectOption('10mb');
  await page.getByLabel('Age', { exact: true }).selectOption('1d');
  await filter(/age=1d/);
  await page.getByLabel('Age', { exact: true }).selectOption('older-7d');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No image matches' })).toBeVisible();
});

test('the lineage of images is drawn, for one image and for all', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  await buildAtEngine(
    engine.address,
    'kin/base:1',
    'FROM busybox\nRUN dd if=/dev/urandom of=/b bs=1k count=50',
  );
  await buildAtEngine(
    engine.address,
    'kin/tools:1',
    'FROM kin/base:1\nRUN dd if=/dev/urandom of=/t bs=1k count=400',
  );
  const site = await buildAtEngine(
    engine.address,
    'kin/site:1',
    'FROM kin/tools:1\nRUN dd if=/dev/urandom of=/s bs=1k count=100',
  );
  await buildAtEngine(engine.address, 'kin/settings:1', 'FROM kin/site:1\nENV KIN=1');
  await openImage(page, app, site);
  const panel = page.getByRole('region', { name: 'Lineage' });
  const below = panel.getByRole('list', { name: 'Based on' }).getByRole('listitem');
  const last = below.last();
  await expect(last).toContainText('kin/site:1');
  await expect(below.nth(-2)).toContainText('kin/tools:1');
  await expect(below.nth(-3)).toContainText('kin/base:1');
  await expect(last).toContainText(`+ ${formatBytes(102_400)}`);
  await expect(last.getByRole('img').first()).toHaveAccessibleName(/ shared, 102 kB unique$/);
  const above = panel.getByRole('list', { name: 'Descendants' }).getByRole('listitem');
  await expect(above).toHaveText(/kin\/settings:1.*same layers, different configuration/);

  await panel.getByRole('link', { name: 'View full tree' }).click();
  const tree = page.getByRole('list', { name: 'Image lineage' }).getByRole('listitem');
  await expect(tree.filter({ hasText: 'kin/' })).toHaveText([
    /kin\/base/,
    /kin\/tools/,
    /kin\/site/,
    /kin\/settings/,
  ]);
  await tree.filter({ hasText: 'kin/settings:1' }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: 'kin/settings:1' })).toBeVisible();
});
