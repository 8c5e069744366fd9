import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { createHash } from 'node:crypto';
import { anyFreePort } from '@/bin/ports.js';
import { openWire } from './setup/faults-wire';
import { layerOf, openImage, push, readManifest, stateOf } from './setup/pages/images';
import { startLyingRegistry } from './setup/pages/lying-registry';
import { addRegistry } from './setup/pages/registries';
import { alertOf } from './setup/pages/seen';
import { buildAtEngine, inspectAtEngine } from './setup/pages/seeds';
import { expect, test } from './setup/pages/test';

/** A layer of its own that no registry has yet. */
const unique = (words: string) => `FROM busybox\nRUN echo "${words} ${crypto.randomUUID()}" > /${words}`;

test('an image is pushed with a click, called pushed with the registry’s own digest, and can be fetched by it', async ({
  app,
  engine,
  registry: { host },
  signedInPage: page,
}) => {
  // A name that was never pushed: of one that was, the last repository is offered.
  const id = await buildAtEngine(engine.address, 'new-here:1', unique('pushed'));
  await openImage(page, app, id);
  await page.getByRole('button', { name: 'Push…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Push to a registry' });
  // Perhaps in a namespace that another journey has pushed to.
  await expect(dialog.getByLabel('Repository')).toHaveValue(/^(\w+\/)?new-here$/);
  await expect(dialog.getByLabel('Tag', { exact: true })).toHaveValue('1');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await push(page, app, id, { registry: host, repository: 'myadmin/mysite', tag: '1' });
  await expect(page.getByRole('heading', { level: 1, name: `Push ${host}/myadmin/mysite:1` })).toBeVisible();
  await expect(stateOf(page)).toHaveText('Succeeded');
  await expect(page.getByText('Digest verified by the registry')).toBeVisible();
  await expect(layerOf(page, 'RUN echo')).toContainText('Sent');

  const { status, digest, body } = await readManifest(host, 'myadmin/mysite', '1');
  expect(status).toBe(200);
  expect(digest).toBe(`sha256:${createHash('sha256').update(body).digest('hex')}`);
  await expect(page.getByRole('button', { name: `Copy digest ${digest}` })).toBeVisible();
  await expect(page.getByText(`docker pull ${host}/myadmin/mysite@${digest}`)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: `Copy digest ${digest}` })).toBeVisible();

  await engine.call(`/images/${id}?force=1`, 'DELETE');
  expect(await inspectAtEngine(engine.address, id)).toBeNull();
  const query = new URLSearchParams({ fromImage: `${host}/myadmin/mysite`, tag: digest ?? '' });
  expect((await engine.call(`/images/create?${query}`, 'POST')).text).not.toContain('errorDetail');
  expect((await inspectAtEngine(engine.address, `${host}/myadmin/mysite@${digest}`))?.Id).toBe(id);
});

test('a second push finds the layers there, and is one click away', async ({
  app,
  engine,
  registry: { host },
  signedInPage: page,
}) => {
  const id = await buildAtEngine(engine.address, 'pushed-twice:1', unique('twice'));
  await push(page, app, id, { registry: host, repository: 'myadmin/pushed-twice', tag: '1' });
  await expect(page.getByText('Digest verified by the registry')).toBeVisible();
  await openImage(page, app, id);
  await page.getByRole('button', { name: `Push to ${host}` }).click();
  await expect(page).toHaveURL(/\/pushes\//);
  await expect(page.getByText('Digest verified by the registry')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Layers' })).toContainText('2 layers: 2 already there');
  await expect(layerOf(page, 'RUN echo')).toContainText('Already there');
  await page.goto(`${app.url}/pushes`);
  await expect(page.getByRole('link', { name: `${host}/myadmin/pushed-twice:1` })).toHaveCount(2);
});

test('while a layer is on its way the page shows it, and claims nothing yet', async ({
  app,
  engine,
  registry,
  signedInPage: page,
}) => {
  const wire = await openWire(registry.host);
  try {
    const id = await buildAtEngine(engine.address, 'on-its-way:1', unique('way'));
    const upload = wire.hold(/^PATCH \/v2\/.*\/blobs\/uploads\//);
    const manifest = wire.hold(/^PUT \/v2\/.*\/manifests\//);
    await push(page, app, id, { reference: `${wire.host}/myadmin/on-its-way:1` });
    await upload.reached;
    await expect(stateOf(page)).toHaveText('Running');
    await expect(layerOf(page, 'RUN echo')).toContainText(/Sending|Waiting/);
    await expect(page.getByRole('region', { name: 'Running now' })).toContainText('on-its-way:1');
    upload.release();
    await manifest.reached;
    // All layers are there, and that is not enough.
    await expect(layerOf(page, 'RUN echo')).toContainText('Sent');
    await expect(stateOf(page)).toHaveText('Running');
    await expect(page.getByText('Verified')).toHaveCount(0);
    manifest.release();
    await expect(stateOf(page)).toHaveText('Succeeded');
    await expect(page.getByText('Digest verified by the registry')).toBeVisible();
  } finally {
    await wire.close();
  }
});

test('a registry that has another digest afterwards makes the push a failure', async ({
  app,
  engine,
  registry,
  signedInPage: page,
}) => {
  const liar = await startLyingRegistry(registry.host);
  try {
    const id = await buildAtEngine(engine.address, 'lied-about:1', unique('lie'));
    await push(page, app, id, { reference: `${liar.host}/myadmin/lied-about:1` });
    await expect(stateOf(page)).toHaveText('Failed');
    await expect(alertOf(page).first()).toContainText(
      `The tag at ${liar.host} is not what was pushed: it has the digest ${liar.digest}`,
    );
    await expect(page.getByText('Verified')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Push again' })).toBeVisible();
  } finally {
    await liar.stop();
  }
});

test('a wrong password fails in plain words, and none at all in others', async ({
  app,
  engine,
  signedInPage: page,
  startRegistry,
}) => {
  const { host } = await startRegistry({ htpasswd: { user: 'ann', password: 'the right one' } });
  const id = await buildAtEngine(engine.address, 'refused:1', unique('refused'));
  await push(page, app, id, { reference: `${host}/ann/refused:1` });
  await expect(stateOf(page)).toHaveText('Failed');
  await expect(alertOf(page).first()).toContainText(`${host} requires a login, and none was sent.`);

  await addRegistry(page, app, { host, user: 'ann', password: 'the wrong one' });
  await push(page, app, id, { registry: host, repository: 'ann/refused', tag: '1' });
  await expect(stateOf(page)).toHaveText('Failed');
  await expect(alertOf(page).first()).toContainText(`${host} refused the user name or password.`);

  await page.goto(`${app.url}/registries`);
  await page.getByRole('link', { name: host }).click();
  await page.getByLabel('Password or token').fill('the right one');
  await page.getByRole('button', { name: 'Save and check' }).click();
  await expect(page.getByRole('region', { name: 'Connection' })).toContainText('accepts the login');
  await page.goto(`${app.url}/pushes`);
  await page
    .getByRole('link', { name: `${host}/ann/refused:1` })
    .first()
    .click();
  await page.getByRole('button', { name: 'Push again' }).click();
  await expect(stateOf(page)).toHaveText('Succeeded');
  const authorization = `Basic ${Buffer.from('ann:the right one').toString('base64')}`;
  expect((await readManifest(host, 'ann/refused', '1', authorization)).status).toBe(200);
});

test('a registry that is not there is said to be that, and one that goes away in the middle too', async ({
  app,
  engine,
  registry,
  signedInPage: page,
}) => {
  test.setTimeout(180_000); // The engine tries a layer five times, for almost a minute.
  const nowhere = `127.0.0.1:${await anyFreePort()}`;
  const id = await buildAtEngine(engine.address, 'going-nowhere:1', unique('nowhere'));
  await push(page, app, id, { reference: `${nowhere}/myadmin/going-nowhere:1` });
  await expect(stateOf(page)).toHaveText('Failed');
  await expect(alertOf(page).first()).toContainText(`Connection refused by ${nowhere}.`);

  const wire = await openWire(registry.host);
  try {
    const upload = wire.hold(/^PATCH \/v2\/.*\/blobs\/uploads\//);
    await push(page, app, id, { reference: `${wire.host}/myadmin/going-nowhere:1` });
    await upload.reached;
    await wire.break();
    await expect(page.getByRole('region', { name: 'Layers' })).toContainText(/Retrying in \d+ second/);
    await expect(stateOf(page)).toHaveText('Failed', { timeout: 120_000 });
    await expect(alertOf(page).first()).toContainText(wire.host);
    await expect(page.getByText('Verified')).toHaveCount(0);
    expect((await readManifest(registry.host, 'myadmin/going-nowhere', '1')).status).toBe(404);

    // Once it is back, the same push is a click away.
    upload.release();
    await wire.mend();
    await page.getByRole('button', { name: 'Push again' }).click();
    await expect(page.getByText('Digest verified by the registry')).toBeVisible();
  } finally {
    await wire.close();
  }
});

const hostsFile = '/etc/hosts';
const mark = '# for a test of Layerwright';
const withoutMark = () =>
  readFileSync(hostsFile, 'utf8')
    .split('\n')
    .filter((line) => !line.endsWith(mark))
    .join('\n');

/** Makes registry-host mean this machine; says why where that may not be. */
async function nameTheMachine(): Promise<{ name: string; reason?: string; undo: () => void }> {
  const addressOf = () =>
    lookup('registry-host').then(
      ({ address }) => address,
      () => null,
    );
  if ((await addressOf()) === '127.0.0.1') return { name: 'registry-host', undo: () => {} };
  try {
    const before = withoutMark();
    appendFileSync(hostsFile, `127.0.0.1 registry-host ${mark}\n`);
    const undo = () => writeFileSync(hostsFile, before);
    if ((await addressOf()) === '127.0.0.1') return { name: 'registry-host', undo };
    undo();
    return { name: 'localhost', reason: `${hostsFile} does not name machines here`, undo: () => {} };
  } catch (error) {
    return { name: 'localhost', reason: `${hostsFile} cannot be written: ${String(error)}`, undo: () => {} };
  }
}

test('an image is pushed to a registry by its name', async ({
  app,
  engine,
  registry,
  signedInPage: page,
}) => {
  const { name, reason, undo } = await nameTheMachine();
  if (reason) console.log(`registry-host is not tried, but ${name}: ${reason}`);
  try {
    const host = registry.host.replace('127.0.0.1', name);
    const id = await buildAtEngine(engine.address, 'by-name:1', unique('name'));
    await push(page, app, id, { reference: `${host}/myadmin/mysite:by-name` });
    await expect(stateOf(page)).toHaveText('Succeeded');
    await expect(page.getByText('Digest verified by the registry')).toBeVisible();
    const { digest } = await readManifest(registry.host, 'myadmin/mysite', 'by-name');
    await expect(page.getByRole('button', { name: `Copy digest ${digest}` })).toBeVisible();
    expect((await inspectAtEngine(engine.address, `${host}/myadmin/mysite:by-name`))?.Id).toBe(id);
  } finally {
    undo();
  }
});
