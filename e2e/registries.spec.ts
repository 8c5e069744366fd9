import { anyFreePort } from '@/bin/ports.js';
import { makeCertificate } from '@/lib/registry/test-server';
import { ask } from './setup/pages/raw-request';
import { expectNotStored, expectOnNoPage, recordAnswers } from './setup/pages/recorded-answers';
import { addRegistry, connectionOf, saveRegistry, startLoginTrap } from './setup/pages/registries';
import { expect, test } from './setup/pages/test';

test('the registry that the installation runs is there from the start, marked as such, and stays', async ({
  app,
  registry: { host },
  signedInPage: page,
}) => {
  await page.goto(`${app.url}/registries`);
  const row = page.getByRole('row', { name: /Local registry/ });
  await expect(row).toContainText('local');
  await expect(row).toContainText(host);
  await expect(row).toContainText('none');
  await row.getByRole('button', { name: 'More for Local registry' }).click();
  await expect(page.getByRole('menuitem', { name: /Remove/ })).toBeDisabled();
  await page.getByRole('menuitem', { name: 'Check now' }).click();
  await expect(page.getByText('Local registry is reachable')).toBeVisible();
  await expect(row).toContainText('Reachable');

  await row.getByRole('link', { name: 'Local registry' }).click();
  await expect(connectionOf(page)).toContainText(
    `${host} answers over plain HTTP; it asks for no login. The engine reaches it too.`,
  );
  await expect(page.getByLabel('Host', { exact: true })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Remove…' })).toHaveCount(0);
});

test('a registry with a password is added and checked at once, and nobody sees the password again', async ({
  app,
  signedInPage: page,
  adminCookie,
  startRegistry,
}) => {
  const password = `canary-${crypto.randomUUID()}`;
  const { host } = await startRegistry({ htpasswd: { user: 'ann', password } });
  const answers = recordAnswers(page.context());

  await addRegistry(page, app, { host, name: 'Team registry', user: 'ann', password });
  await expect(page.getByRole('heading', { level: 1, name: 'Team registry' })).toBeVisible();
  await expect(connectionOf(page)).toContainText('Reachable');
  await expect(connectionOf(page)).toContainText(
    `${host} accepts the login over plain HTTP. The engine reaches it too.`,
  );
  await expect(page.getByText('as ann')).toBeVisible();
  await expect(page.getByLabel('Password or token')).toHaveValue('');
  await expect(page.getByText('One is stored. Leave empty to keep it.')).toBeVisible();

  await page.reload();
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(connectionOf(page)).toContainText('accepts the login');
  await saveRegistry(page, { name: 'The team’s registry' });
  await expect(page.getByRole('heading', { level: 1, name: 'The team’s registry' })).toBeVisible();
  await expect(connectionOf(page)).toContainText('accepts the login');

  await page.goto(`${app.url}/registries`);
  await expect(page.getByRole('row', { name: /The team’s registry/ })).toContainText('Reachable');
  // The push dialog, too, is told of the registries.
  await page.goto(`${app.url}/images?q=busybox:latest`);
  await page.getByRole('button', { name: 'More for busybox:latest' }).click();
  await page.getByRole('menuitem', { name: 'Push…' }).click();
  await expect(page.getByRole('dialog').getByLabel('Registry')).toContainText('The team’s registry');
  await answers.expectNone([password]);
  await expectOnNoPage(app, adminCookie, [password]);
  expectNotStored(app, [password]);
});

test('a wrong password is told in plain words, kept as refused, and mended by the right one', async ({
  app,
  signedInPage: page,
  startRegistry,
}) => {
  const { host } = await startRegistry({ htpasswd: { user: 'ann', password: 'the right one' } });
  await addRegistry(page, app, { host, user: 'ann', password: 'the wrong one' });
  await expect(connectionOf(page)).toContainText('Login refused');
  await expect(connectionOf(page)).toContainText(`${host} refused the login`);
  await expect(connectionOf(page)).toContainText(
    'Check the user name and password that are stored for this registry.',
  );
  await page.goto(`${app.url}/registries`);
  await expect(page.getByRole('row', { name: host })).toContainText('Login refused');

  await page.getByRole('link', { name: host }).click();
  await saveRegistry(page, { password: 'the right one' });
  await expect(connectionOf(page)).toContainText('accepts the login');
  await page.goto(`${app.url}/registries`);
  await expect(page.getByRole('row', { name: host })).toContainText('Reachable');
});

test('a registry that wants a login, added without one, says so', async ({
  app,
  signedInPage: page,
  startRegistry,
}) => {
  const { host } = await startRegistry({ htpasswd: { user: 'ann', password: 'secret of ann' } });
  await addRegistry(page, app, { host });
  await expect(connectionOf(page)).toContainText('Login refused');
  await expect(connectionOf(page)).toContainText(`${host} requires a login, and none is stored.`);
});

test('what is in the way of a registry is said with what to do about it', async ({
  app,
  registry,
  signedInPage: page,
  startRegistry,
}) => {
  const unused = `127.0.0.1:${await anyFreePort()}`;
  await addRegistry(page, app, { host: unused });
  await expect(connectionOf(page)).toContainText(`Connection refused by ${unused}.`);
  await expect(connectionOf(page)).toContainText('Check that the registry runs and that the port is right.');

  // The same place by another name, so that it is a registry of its own.
  const plain = registry.host.replace('127.0.0.1', 'localhost');
  await addRegistry(page, app, { host: plain, scheme: 'HTTPS only' });
  await expect(connectionOf(page)).toContainText('Plain HTTP');
  await expect(connectionOf(page)).toContainText(`${plain} speaks plain HTTP, not HTTPS.`);
  await expect(connectionOf(page)).toContainText(
    'Choose plain HTTP for this registry if the network is trusted',
  );
  await saveRegistry(page, { scheme: 'Automatic' });
  await expect(connectionOf(page)).toContainText(`${plain} answers over plain HTTP; it asks for no login.`);

  const { file, keyFile, remove } = makeCertificate();
  const { host: secure } = await startRegistry({ tls: { certificate: file, key: keyFile } });
  remove();
  // On 127.0.0.0/8 the engine does not ask who signed a certificate, and neither does the app.
  await addRegistry(page, app, { host: secure });
  await expect(connectionOf(page)).toContainText(`${secure} answers; it asks for no login.`);
  await saveRegistry(page, { scheme: 'Plain HTTP' });
  await expect(connectionOf(page)).toContainText(`${secure} speaks HTTPS, not plain HTTP.`);
});

test('a host that nobody knows is said to be that', async ({ app, signedInPage: page }) => {
  await addRegistry(page, app, { host: 'no-such-host.invalid:5000' });
  await expect(connectionOf(page)).toContainText('Unreachable');
  await expect(connectionOf(page)).toContainText(
    /Cannot resolve no-such-host\.invalid:5000|does not answer in time/,
  );
});

const badHosts: [string, string][] = [
  ['registry', 'Docker would read "registry/image" as an image on the Hub: add the port'],
  ['ann@registry.example', 'Leave out the user name and password'],
  ['ftp://registry.example', '"ftp://" is not how a registry is reached'],
  ['registry.example:99999', 'The port must be between 1 and 65535, not 99999.'],
  ['registry_one.example', '"_" cannot be part of a host'],
  ['2001:db8::7', 'Write an IPv6 address in square brackets'],
];

test('a host that cannot be one is refused at its field, and nothing that was typed is lost', async ({
  app,
  registry: { host: local },
  signedInPage: page,
}) => {
  await page.goto(`${app.url}/registries/new`);
  for (const [host, reason] of badHosts) {
    await saveRegistry(page, { host, user: 'ann', password: 'secret of ann' });
    await expect(page.getByText(reason), host).toBeVisible();
    await expect(page.getByLabel('Host', { exact: true })).toHaveAccessibleDescription(
      new RegExp('^Error: '),
    );
    await expect(page.getByLabel('Password or token')).toHaveValue('secret of ann');
  }
  await saveRegistry(page, { host: local });
  await expect(page.getByText(`A registry for ${local} already exists.`)).toBeVisible();
  await saveRegistry(page, { host: 'registry.example:5000', user: '' });
  await expect(page.getByText('Enter the user name of this password.')).toBeVisible();
  await saveRegistry(page, { user: 'ann', password: '' });
  await expect(page.getByText('Enter the password or access token of this user.')).toBeVisible();
  await expect(page).toHaveURL(`${app.url}/registries/new`);
  // A pasted address is read as what it means.
  await page.getByLabel('Host', { exact: true }).fill('https://Registry.Example:5000/v2/');
  await expect(page.getByText('Read as registry.example:5000')).toBeVisible();
});

test('a stored password goes to no other host: with the host changed it has to be given again', async ({
  app,
  signedInPage: page,
  startRegistry,
}) => {
  const password = 'meant for one host only';
  const { host } = await startRegistry({ htpasswd: { user: 'ann', password } });
  const other = await startLoginTrap();
  try {
    await addRegistry(page, app, { host, user: 'ann', password });
    await expect(connectionOf(page)).toContainText('accepts the login');
    await saveRegistry(page, { host: other.host });
    const said = 'Enter the password again: the stored one is only sent to the address it was entered for.';
    await expect(page.getByText(said)).toBeVisible();
    await saveRegistry(page, { host, user: 'bea' });
    await expect(page.getByText('Enter the password of this user')).toBeVisible();
    // As it was: nothing was saved, and the login still holds.
    await page.reload();
    await expect(page.getByLabel('Host', { exact: true })).toHaveValue(host);
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(connectionOf(page)).toContainText('accepts the login');
    expect(other.seen).toEqual([]);

    // With a password of its own the other host gets that one.
    await saveRegistry(page, { host: other.host, password: 'another one' });
    await expect(connectionOf(page)).toContainText(`${other.host} refused the login`);
    const sent = Buffer.from('ann:another one').toString('base64');
    expect(new Set(other.seen.map(({ authorization }) => authorization))).toEqual(
      new Set([undefined, `Basic ${sent}`]),
    );
  } finally {
    await other.stop();
  }
});

test('a registry is removed after it was said what is forgotten, and what stays', async ({
  app,
  signedInPage: page,
  adminCookie,
  quietPages,
}) => {
  const host = 'to-be-removed.example:5000';
  await addRegistry(page, app, { host, name: 'Old registry', user: 'ann', password: 'secret of ann' });
  const address = new URL(page.url()).pathname;
  await page.getByRole('button', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove Old registry?' });
  await expect(dialog).toContainText(`Removes ${host} and its stored password from Layerwright.`);
  await expect(dialog).toContainText('Images in the registry and the push history are kept');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Remove…' }).click();
  await dialog.getByRole('button', { name: 'Remove registry' }).click();
  await expect(page).toHaveURL(`${app.url}/registries`);
  await expect(page.getByRole('row', { name: /Old registry/ })).toHaveCount(0);
  expect((await ask(app, '/registries', { headers: { cookie: adminCookie } })).text).not.toContain(host);

  quietPages.expectErrors(/status of 404/);
  await page.goto(app.url + address);
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});
