import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { downloadLines, makeProject, type SignedIn, startBuild, startPush } from './setup/faults-builds';
import { openForeignRegistry } from './setup/faults-foreign-registry';
import { reason, runLog, stateMark } from './setup/faults-pages';
import { expect, test } from './setup/faults-test';
import { openViewer } from './setup/faults-viewers';
import { call } from './setup/pages/server-actions';

const login = { user: 'ann', password: `canary ${randomBytes(12).toString('hex')}` };
const basic = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;

/** Stores a login; the registry is checked at once. */
async function storeLogin({ app, cookie }: SignedIn, host: string, { user, password } = login) {
  const input = { host, scheme: 'http', username: user, password };
  type Added = { id: string; check: { status: string } };
  return call<Added>(app, cookie, 'addRegistry', input);
}

/** Waits for the end of an operation, and gives how it went. */
async function outcomeOf(who: SignedIn, operation: string) {
  const viewer = await openViewer(who, operation);
  await viewer.ended;
  return viewer.events.at(-1)!;
}

test.describe('a base image in a registry with a password', () => {
  test('is fetched with the login that is stored for it', async ({
    signedInPage: page,
    shared,
    engine,
    startRegistry,
    wireTo,
  }) => {
    test.setTimeout(180_000);
    const wire = await wireTo((await startRegistry({ htpasswd: login })).host);
    expect(await storeLogin(shared, wire.host)).toMatchObject({ check: { status: 'ok' } });
    const reference = `${wire.host}/private/base:1`;
    const words = `from the base ${Date.now()}`;

    await test.step('the base is built and pushed there', async () => {
      // The classic builder keeps its cache in images alone: with them the layer is really gone.
      const options = { tags: [reference], builder: 'classic' as const };
      const dockerfile = `FROM busybox\nRUN echo ${words} > /words\n`;
      const build = await startBuild(shared, await makeProject(shared, 'base', dockerfile, options));
      expect(await outcomeOf(shared, build)).toMatchObject({ status: 'succeeded' });
      expect(await outcomeOf(shared, await startPush(shared, reference, reference))).toMatchObject({
        status: 'succeeded',
      });
    });

    await test.step('and is no longer here', async () => {
      expect((await engine.call(`/images/${reference}`, 'DELETE')).status).toBe(200);
      expect((await engine.call(`/images/${reference}/json`)).status).toBe(404);
      wire.crossings.length = 0;
    });

    const dockerfile = `FROM ${reference}\nRUN cat /words\n`;
    const build = await startBuild(shared, await makeProject(shared, 'stands-on-it', dockerfile));
    await page.goto(`${shared.app.url}/builds/${build}`);
    await expect(stateMark(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: /RUN/, expanded: false }).click();
    await expect(runLog(page).getByText(words, { exact: true })).toBeVisible();
    const blobs = wire.crossings.filter(({ url }) => url.includes('/blobs/'));
    expect(blobs.length).toBeGreaterThan(0);
    for (const { headers } of blobs) expect(headers.authorization).toBe(basic);
  });

  test('that refuses the stored login is named, and so is one that has none', async ({
    signedInPage: page,
    shared,
    startRegistry,
  }) => {
    test.setTimeout(120_000);
    const { host } = await startRegistry({ htpasswd: login });
    const wrong = await storeLogin(shared, host, { ...login, password: 'not the one' });
    expect(wrong).toMatchObject({ check: { status: 'denied' } });
    const project = await makeProject(shared, 'refused', `FROM ${host}/private/base:1\n`);

    await page.goto(`${shared.app.url}/builds/${await startBuild(shared, project)}`);
    await expect(stateMark(page, 'Failed')).toBeVisible({ timeout: 60_000 });
    await expect(reason(page)).toContainText(`The base image ${host}/private/base:1 could not be pulled.`);
    await expect(reason(page)).toContainText(`${host} refused the user name or password.`);

    await call(shared.app, shared.cookie, 'removeRegistry', { id: wrong.id });
    await page.getByRole('button', { name: 'Build again' }).click();
    await expect(reason(page)).toContainText(`${host} requires a login, and none was sent.`, {
      timeout: 60_000,
    });
  });
});

for (const scheme of ['Basic', 'Bearer'] as const) {
  for (const builder of ['buildkit', 'classic'] as const) {
    test(`a foreign registry that asks by ${scheme} in a ${builder} build gets no login`, async ({
      signedInPage: page,
      shared,
      startRegistry,
    }) => {
      // The same machine and another port: near enough for a mistake.
      const { host } = await startRegistry({ htpasswd: login });
      expect(await storeLogin(shared, host)).toMatchObject({ check: { status: 'ok' } });
      const foreign = await openForeignRegistry(scheme);
      const dockerfile = `FROM ${foreign.host}/tempting/base:1\n`;
      const project = await makeProject(shared, `tempted by ${scheme} ${builder}`, dockerfile, { builder });
      await page.goto(`${shared.app.url}/builds/${await startBuild(shared, project)}`);
      await expect(stateMark(page, 'Failed')).toBeVisible({ timeout: 60_000 });
      await expect(reason(page)).toContainText(`${foreign.host} requires a login, and none was sent.`);
      await foreign.close();
      expect(foreign.heard).not.toEqual([]);
      expect(foreign.heard.filter((request) => /authorization|ann|canary/i.test(request))).toEqual([]);
    });
  }
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

test('the value of a build secret reaches its command, and nobody else ever reads it', async ({
  signedInPage: page,
  shared,
  engine,
}) => {
  test.setTimeout(120_000);
  const { app, cookie } = shared;
  const canary = `cnry-${randomBytes(15).toString('hex')}`;
  const forms = [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64')];
  const digest = createHash('sha256').update(canary).digest('hex');
  const file = '/run/secrets/token';
  const dockerfile = [
    'FROM busybox',
    `RUN --mount=type=secret,id=token : ${Date.now()}; sha256sum < ${file}; cat ${file}; echo; \\`,
    `    head -c 9 ${file}; sleep 1; tail -c +10 ${file}; echo; cat ${file} >&2; base64 ${file}; echo the end`,
    `RUN --mount=type=secret,id=token cat ${file} && echo " cannot be used" && false`,
  ];
  const project = await makeProject(shared, 'secretive', dockerfile.join('\n'));
  await call(app, cookie, 'saveSecret', { id: project, name: 'token', value: canary });
  await call(app, cookie, 'saveSecret', { id: project, name: 'pin', value: '123' });

  const build = await startBuild(shared, project);
  await page.goto(`${app.url}/builds/${build}`);
  await expect(stateMark(page, 'Failed')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Open all steps' }).click();
  const logs = page.getByLabel(/^Output of/);
  await expect(logs.filter({ hasText: 'the end' })).toContainText(digest);
  await expect(logs.filter({ hasText: 'cannot be used' })).toContainText('*** cannot be used');
  await expect(page.getByText('The secret “pin” is shorter than 4 bytes')).toBeVisible();

  const viewer = await openViewer(shared, build);
  await viewer.ended;
  const told: Record<string, string> = {
    'the stream': JSON.stringify(viewer.events),
    'the log': (await downloadLines(shared, build)).join('\n'),
    'the page': await page.content(),
    'the output of the server': app.output(),
  };
  const pages = [
    `builds/${build}`,
    'builds',
    ...['', 'secrets', 'options', 'builds'].map((tab) => `projects/${project}/${tab}`),
  ];
  for (const address of pages) {
    const response = await page.request.get(`${app.url}/${address}`);
    expect(response.ok()).toBe(true);
    told[address] = await response.text();
  }
  for (const [place, text] of Object.entries(told))
    for (const form of forms) expect(text.includes(form), `${place} has the secret`).toBe(false);
  expect(told['the log']).toContain('***');

  for (const name of filesBelow(app.dataDirectory)) {
    const bytes = readFileSync(name);
    for (const form of forms) expect(bytes.includes(form), `${name} has the secret`).toBe(false);
  }
  for (const { Id: id } of JSON.parse((await engine.call('/images/json?all=1')).text) as { Id: string }[]) {
    const history = await engine.call(`/images/${id}/history`);
    const details = await engine.call(`/images/${id}/json`);
    expect(`${history.text}${details.text}`.includes(canary)).toBe(false);
  }
});
