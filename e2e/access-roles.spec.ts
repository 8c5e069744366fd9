import Database from 'better-sqlite3';
import path from 'node:path';
import { accountOf, addUser, signedIn } from './setup/pages/accounts';
import { ask, askAsRouter } from './setup/pages/raw-request';
import { expectNotStored, expectOnNoPage, recordAnswers } from './setup/pages/recorded-answers';
import { buildProject, createContainer, inspectAtEngine } from './setup/pages/seeds';
import { call, findServerAction, postAction, postForm, resultOf } from './setup/pages/server-actions';
import { cookieOf, expect, test } from './setup/pages/test';
import { administrator } from './setup/sign-in';
import { makeProject, startBuild } from './setup/steps-projects';

test('a user is added with a role, and can sign in with it', async ({
  app,
  signedInPage: page,
  newPerson,
}) => {
  const { password } = accountOf('bob');
  await page.goto(`${app.url}/settings/users`);
  await page.getByLabel('User name').fill('Bob!');
  await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Viewer' });
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password);
  await page.getByRole('textbox', { name: 'Confirm password' }).fill(password);
  await page.getByRole('button', { name: 'Add user' }).click();
  await expect(page.getByText('Use letters, digits, dot, dash and underscore')).toBeVisible();
  await page.getByLabel('User name').fill('bob');
  await page.getByRole('button', { name: 'Add user' }).click();
  await expect(page.getByText('bob was added and can sign in.')).toBeVisible();
  await expect(page.getByLabel('Role of bob')).toHaveValue('viewer');

  const person = await newPerson();
  const { page: his } = await signedIn(person, app, accountOf('bob'));
  await his.goto(`${app.url}/registries/new`);
  await expect(his.getByRole('heading', { name: 'Access denied' })).toBeVisible();
  await expect(his.getByText('requires the role administrator; your role is viewer.')).toBeVisible();
  await expect(his.getByRole('navigation', { name: 'Main' })).toBeVisible();

  // A change of role holds at once, for the login session that is open.
  await page.getByLabel('Role of bob').selectOption({ label: 'Administrator' });
  await expect(page.getByText('bob is now administrator.')).toBeVisible();
  await his.goto(`${app.url}/registries/new`);
  await expect(his.getByLabel('Host')).toBeVisible();

  // An administrator sees who is signed in, and ends it.
  person.quietPages.expectErrors(/401.*\/api\/stream/);
  await page.reload();
  const sessions = page.getByRole('table', { name: 'All login sessions' });
  await sessions.getByRole('button', { name: /^End the login session of bob in / }).click();
  await expect(sessions).not.toContainText('bob');
  await his.reload();
  await expect(his).toHaveURL(/\/login/);
});

test('a disabled user is signed out at once and cannot come back', async ({
  app,
  signedInPage: page,
  adminCookie,
  newPerson,
}) => {
  const account = await addUser(app, adminCookie, 'dora', 'builder');
  const person = await newPerson();
  const { page: hers, cookie } = await signedIn(person, app, account);
  person.quietPages.expectErrors(/401.*\/api\/stream/);
  await page.goto(`${app.url}/settings/users`);
  await page.getByRole('button', { name: 'More for dora' }).click();
  await page.getByRole('menuitem', { name: 'Disable…' }).click();
  await page.getByRole('button', { name: 'Disable user' }).click();
  await expect(page.getByRole('table', { name: 'Users' }).getByRole('row', { name: /dora/ })).toContainText(
    'Disabled',
  );
  expect((await ask(app, '/api/stream', { headers: { cookie } })).status).toBe(401);
  await hers.reload();
  await expect(hers).toHaveURL(/\/login/);
});

/** What changes something, by the page that offers it. `any` stands for a control's name in the given role. */
const offers = (project: string, build: string, image: string, registry: string) =>
  [
    ['/projects', 'link', 'New project'],
    [`/projects/${project}`, 'button', 'Build'],
    ['/images', 'button', 'More for busybox:latest'],
    ['/images', 'link', 'Add images…'],
    ['/images', 'link', 'Clean up…'],
    ['/images', 'checkbox', 'Select busybox:latest'],
    [`/images/${image}`, 'button', 'Push…'],
    [`/images/${image}`, 'button', 'Add tag'],
    [`/images/${image}`, 'button', 'Remove tag busybox:latest'],
    [`/images/${image}`, 'button', 'More for busybox:latest'],
    [`/builds/${build}`, 'button', 'Build again'],
    [`/builds/${build}`, 'button', 'Delete from the history'],
    [`/builds/${build}`, 'button', 'Push…'],
    ['/registries', 'link', 'Add registry'],
    ['/registries', 'button', 'More for Local registry'],
    [`/registries/${registry}`, 'button', 'Check now'],
    [`/registries/${registry}`, 'button', 'Save and check'],
    ['/settings/account', 'link', 'Users'],
  ] as const;

test('a viewer sees everything, but is offered nothing that builds, pushes or deletes, and may not when asking directly', async ({
  app,
  signedInPage: page,
  adminCookie,
  engine,
  registry: { host },
  newPerson,
}) => {
  const { project, build } = await buildProject(app, adminCookie, 'static-site', 'Seen by a viewer');
  const busybox = await inspectAtEngine(engine.address, 'busybox:latest');
  const imageId = busybox?.Id ?? '';
  const registries = (await ask(app, '/registries', { headers: { cookie: adminCookie } })).text;
  const registry = /\/registries\/([0-9a-z]{16})/.exec(registries)?.[1] ?? '';
  const account = await addUser(app, adminCookie, 'vera', 'viewer');
  const { page: hers, cookie } = await signedIn(await newPerson(), app, account);

  for (const [address, role, name] of offers(project, build, imageId.slice(7), registry)) {
    if (new URL(page.url()).pathname !== address) await page.goto(app.url + address);
    if (new URL(hers.url()).pathname !== address) await hers.goto(app.url + address);
    await expect(page.getByRole(role, { name, exact: true }).first(), `${address}: ${name}`).toBeVisible();
    await expect(hers.getByRole('heading', { level: 1 }), address).toBeVisible();
    await expect(hers.getByRole(role, { name, exact: true }), `${address}: ${name}`).toHaveCount(0);
  }

  const target = { reference: `${host}/viewer/busybox:1` };
  const attempts: [string, unknown][] = [
    ['createFromTemplate', { template: 'blank', name: 'Of a viewer' }],
    ['saveFile', { id: project, path: 'Dockerfile', text: 'FROM scratch', version: null }],
    ['deleteFile', { id: project, path: 'Dockerfile' }],
    ['deleteProject', { id: project }],
    ['startBuild', { projectId: project }],
    ['deleteBuilds', { ids: [build] }],
    ['startPush', { image: imageId, target }],
    ['loadPushOptions', { image: imageId }],
    ['addTag', { id: imageId, reference: 'viewer:1' }],
    ['removeTag', { id: imageId, tag: 'busybox:latest', withImage: true }],
    ['removeImage', { id: imageId, force: true }],
    ['previewRemoval', { ids: [imageId] }],
    ['startRemoval', { ids: [imageId] }],
    ['startPull', { reference: `${host}/viewer/busybox:1` }],
    ['startLoad', { uploadId: '0'.repeat(32) }],
    ['startImport', { uploadId: '0'.repeat(32), reference: 'viewer:1' }],
    ['addRegistry', { host: 'viewer.example:5000' }],
    ['removeRegistry', { id: registry }],
    ['checkRegistry', { id: registry }],
    ['changeRole', { id: 'any', role: 'admin' }],
  ];
  for (const [name, input] of attempts)
    expect(resultOf(await postAction(app, findServerAction(name), input, { cookie })), name).toMatchObject({
      ok: false,
      code: 'forbidden',
    });
  const { password } = accountOf('mine');
  const user = { name: 'mine', role: 'admin', password, again: password };
  expect(resultOf(await postForm(app, findServerAction('addUser'), user, { cookie }))?.code).toBe(
    'forbidden',
  );
  expect(
    (await ask(app, '/api/uploads', { method: 'POST', headers: { cookie, origin: app.url } })).status,
  ).toBe(403);

  expect((await ask(app, `/api/images/archive?image=${imageId}`, { headers: { cookie } })).status).toBe(403);

  expect(await inspectAtEngine(engine.address, 'busybox:latest')).toMatchObject({
    Id: imageId,
    RepoTags: busybox?.RepoTags,
  });
  expect(await inspectAtEngine(engine.address, 'viewer:1')).toBeNull();
  expect(await inspectAtEngine(engine.address, `${host}/viewer/busybox:1`)).toBeNull();
  expect((await ask(app, `/builds/${build}`, { headers: { cookie } })).status).toBe(200);
  const shown = await ask(app, '/registries', { headers: { cookie } });
  expect(shown.text).toContain('Local registry');
  expect(shown.text).not.toContain('viewer.example');
  expect((await ask(app, '/projects', { headers: { cookie } })).text).not.toContain('Of a viewer');
});

test('no answer of the server has a password, the hash of one, or a sealed secret in it, and no file a plain one', async ({
  app,
  signedInPage: page,
  adminCookie,
}) => {
  const canary = `canary-${crypto.randomUUID()}`;
  const host = 'canary-of-secrets.example:5000';
  const answers = recordAnswers(page.context());
  const { id } = await call<{ id: string }>(app, adminCookie, 'addRegistry', {
    host,
    username: 'ann',
    password: canary,
  });
  const database = new Database(path.join(app.dataDirectory, 'layerwright.db'), { readonly: true });
  const column = (sql: string) => database.prepare(sql).pluck().all().map(String);
  const hashes = column('SELECT passwordHash FROM User');
  const sealed = column('SELECT sealedPassword FROM Registry WHERE sealedPassword IS NOT NULL');
  const sessions = column('SELECT id FROM LoginSession');
  database.close();
  expect(hashes.length).toBeGreaterThan(0);
  expect(sealed.length).toBeGreaterThan(0);

  const token = (await cookieOf(page.context(), app)).split('=')[1] ?? '';
  const secrets = [canary, administrator.password, token, ...hashes, ...sealed];
  for (const address of [
    '/settings/users',
    '/settings/account',
    '/registries',
    `/registries/${id}`,
    '/images',
  ]) {
    await page.goto(app.url + address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await answers.expectNone(secrets);
  await expectOnNoPage(app, adminCookie, secrets, [`/registries/${id}`]);
  expectNotStored(app, [canary, administrator.password, token]);
  // Of a login session the database has what is made of its token, and not that.
  expect(sessions).not.toContain(token);
  await call(app, adminCookie, 'removeRegistry', { id });
});

test('a viewer is sent no value that somebody gave to a variable or an argument', async ({
  app,
  adminCookie,
  engine,
  newPerson,
}) => {
  const secret = 'canary-of-values';
  const options = { buildArgs: [{ name: 'TOKEN', value: secret }], tags: ['values:1'] };
  const dockerfile = 'FROM busybox\nARG TOKEN\nRUN true\n';
  const { id } = await makeProject(app, adminCookie, 'Has an argument', { Dockerfile: dockerfile }, options);
  const build = await startBuild(app, adminCookie, id);
  const other = await startBuild(app, adminCookie, id, {
    ...options,
    buildArgs: [{ name: 'TOKEN', value: `${secret}-too` }],
  });
  const workbench = await call<{ id: string }>(app, adminCookie, 'startFromImage', {
    image: 'busybox:latest',
    options: { environment: [{ name: 'TOKEN', value: secret }] },
  });
  const container = await createContainer(engine.address, 'busybox', `has-a-variable-${Date.now()}`, {
    Env: [`TOKEN=${secret}`],
  });
  const { cookie } = await signedIn(
    await newPerson(),
    app,
    await addUser(app, adminCookie, 'valerie', 'viewer'),
  );
  const read = async (who: string, address: string) => {
    const asked = [{}, { rsc: '1' }].map((headers) =>
      askAsRouter(app, address, { headers: { ...headers, cookie: who } }),
    );
    return (await Promise.all(asked)).map(({ text }) => text).join('\n');
  };
  for (const address of [
    `/builds/${build}`,
    `/builds/compare?from=${build}&to=${other}`,
    `/projects/${id}/options`,
    `/workbenches/${workbench.id}`,
    `/containers/${container}`,
  ]) {
    expect(await read(adminCookie, address), address).toContain(secret);
    expect(await read(cookie, address), address).toContain('TOKEN');
    expect(await read(cookie, address), address).not.toContain(secret);
  }
  for (const address of [
    '/',
    '/projects',
    `/projects/${id}`,
    `/projects/${id}/files`,
    '/builds',
    '/containers',
  ])
    expect(await read(cookie, address), address).not.toContain(secret);
  await call(app, adminCookie, 'endShell', { id: workbench.id }); // later tests expect that nothing runs
});
