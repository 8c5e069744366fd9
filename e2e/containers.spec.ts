import { addUser, signedIn } from './setup/pages/accounts';
import { alertOf } from './setup/pages/seen';
import { buildAtEngine, createContainer } from './setup/pages/seeds';
import { findServerAction, postAction, resultOf } from './setup/pages/server-actions';
import { expect, test } from './setup/pages/test';

const sh = (script: string) => ['sh', '-c', script];

test('the list shows all containers, follows what others do to them, and starts, stops and removes them', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const id = await createContainer(engine.address, 'busybox', 'shelf-web', {
    Cmd: ['httpd', '-f'],
    ExposedPorts: { '80/tcp': {} },
    HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
  });
  const failed = await createContainer(engine.address, 'busybox', 'shelf-failed', { Cmd: sh('exit 3') });
  await engine.call(`/containers/${failed}/start`, 'POST');
  await page.goto(`${app.url}/containers?q=shelf`);
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
  await expect(row('shelf-web')).toContainText('Created');
  await expect(row('shelf-web')).toContainText('busybox');
  await expect(row('shelf-failed')).toContainText('Exited');
  await expect(row('shelf-failed')).toContainText('(3)');

  // Somebody else starts it: the page says so by itself, and where its port is.
  await engine.call(`/containers/${id}/start`, 'POST');
  await expect(row('shelf-web')).toContainText('Running');
  const link = row('shelf-web').getByRole('link', { name: /→ 80/ });
  await expect(link).toHaveAttribute('href', /^http:\/\/ports\.localhost:\d+\/$/);

  await row('shelf-web').getByRole('button', { name: 'More for shelf-web' }).click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(row('shelf-web')).toContainText('Paused');
  await row('shelf-web').getByRole('button', { name: 'More for shelf-web' }).click();
  await page.getByRole('menuitem', { name: 'Resume' }).click();
  await expect(row('shelf-web')).toContainText('Running');
  await row('shelf-web').getByRole('button', { name: 'More for shelf-web' }).click();
  await page.getByRole('menuitem', { name: 'Kill' }).click();
  await expect(row('shelf-web')).toContainText('Exited');
  await expect(row('shelf-web')).toContainText('137, killed');

  await page.getByLabel('Show').selectOption({ label: 'Running' });
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByRole('heading', { name: 'No container matches' })).toBeVisible();
  await page.goto(`${app.url}/containers?q=shelf`);

  await row('shelf-failed').getByRole('button', { name: 'More for shelf-failed' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove shelf-failed?' });
  await expect(dialog).toContainText('This deletes the files it wrote outside volumes');
  await dialog.getByRole('button', { name: 'Remove container' }).click();
  await expect(page.getByText('shelf-failed removed')).toBeVisible();
  await expect(row('shelf-failed')).toHaveCount(0);
  expect((await engine.call(`/containers/${failed}/json`)).status).toBe(404);
  await engine.call(`/containers/${id}?force=1`, 'DELETE');
  await expect(row('shelf-web')).toHaveCount(0);
});

test('the page of a container follows its output, over a stop and a start, and shows how it ended', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const script =
    'echo "begins as $COLOUR"; echo "a problem" >&2; n=0; until [ -e /tmp/end ]; do n=$((n+1)); echo "turn $n"; sleep 0.2; done; exit 5';
  const id = await createContainer(engine.address, 'busybox', 'followed', {
    Cmd: sh(script),
    Env: ['COLOUR=green', 'MARKUP=<b>bold</b>'],
    Volumes: { '/cache': {} },
    HostConfig: { Binds: ['followed-data:/data'], Memory: 64 * 1024 * 1024 },
  });
  await page.goto(`${app.url}/containers/${id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'followed' })).toBeVisible();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const output = page.getByLabel('Output of followed');
  await expect(output).toContainText('begins as green');
  await expect(output.getByText('Standard error:')).toHaveCount(1);
  await expect(output).toContainText(/turn \d+/);
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  const config = page.getByRole('region', { name: 'Configuration' });
  await expect(config).toContainText('COLOUR=green');
  await expect(config).toContainText('MARKUP=<b>bold</b>');
  await expect(page.getByRole('region', { name: 'Mounts' })).toContainText('followed-data');
  await expect(page.getByRole('region', { name: 'State' })).toContainText('67.1 MB');

  // What is searched is all of the output, not what is in sight.
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('a problem');
  await expect(page.getByText('1 of 1')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('');

  // It does not heed the signal, so that stopping takes its time: the page says that it is being stopped.
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('stopping…')).toBeVisible();
  await expect(page.getByText('137, killed').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Output' }).getByRole('status').first()).toHaveText(
    'Complete',
  );

  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('begins as green');
  await expect(page.getByText(/^[12] of 2$/)).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download raw output' }).click();
  expect((await download).suggestedFilename()).toBe('followed.log');

  await page.getByRole('button', { name: 'More for followed' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove followed?' });
  await expect(dialog).toContainText('This volume is kept: followed-data.');
  await dialog.getByRole('button', { name: 'Remove container' }).click();
  await expect(alertOf(page)).toContainText('followed is running.');
  await dialog.getByLabel('Kill the running container and remove it').check();
  await dialog.getByLabel('Also remove 1 anonymous volume').check();
  await dialog.getByRole('button', { name: 'Remove container' }).click();
  await expect(page).toHaveURL(`${app.url}/containers`);
  expect((await engine.call(`/containers/${id}/json`)).status).toBe(404);
  expect((await engine.call('/volumes/followed-data', 'DELETE')).status).toBe(204);
});

test('a container that cannot be started says why; a viewer may look, without values, and change nothing', async ({
  app,
  engine,
  signedInPage: page,
  adminCookie,
  newPerson,
  quietPages,
}) => {
  const id = await createContainer(engine.address, 'busybox', 'not-to-be-started', {
    Cmd: ['no-such-program'],
    Env: ['PASSWORD=hidden-from-viewers'],
  });
  await page.goto(`${app.url}/containers/${id}`);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(
    page.getByText('There is no program no-such-program in the image (exit code 127).'),
  ).toBeVisible();
  await expect(page.getByText('127, command not found')).toBeVisible();

  const account = await addUser(app, adminCookie, 'looks', 'viewer');
  const { page: his, cookie } = await signedIn(await newPerson(), app, account);
  await his.goto(`${app.url}/containers/${id}`);
  const config = his.getByRole('region', { name: 'Configuration' });
  await expect(config).toContainText('PASSWORD');
  await expect(config).toContainText('Values are only shown to builders.');
  expect(await his.content()).not.toContain('hidden-from-viewers');
  await expect(his.getByRole('button', { name: 'Start', exact: true })).toHaveCount(0);
  await expect(his.getByRole('button', { name: 'More for not-to-be-started' })).toHaveCount(0);
  const answer = resultOf(
    await postAction(app, findServerAction('changeContainer'), { id, verb: 'start' }, { cookie }),
  );
  expect(answer).toMatchObject({ ok: false, code: 'forbidden' });
  quietPages.expectErrors(/status of 404/);
  await engine.call(`/containers/${id}?force=1`, 'DELETE');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});

test('an image is run from its page with ports, variables and limits, answers at its port, and is stopped and removed', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const image = await buildAtEngine(
    engine.address,
    'runs/site:1',
    'FROM busybox\nRUN mkdir /srv && echo "served by a container" > /srv/index.html\nEXPOSE 80\nENV OWN=1\nCMD ["httpd", "-f", "-v", "-h", "/srv"]',
  );
  await page.goto(`${app.url}/images`);
  await page.getByRole('button', { name: 'More for runs/site:1' }).click();
  await page.getByRole('menuitem', { name: 'Run…' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Run an image' })).toBeVisible();
  await expect(page.getByLabel('Container port')).toHaveValue('80');
  await expect(page.getByLabel('Name (optional)')).toHaveValue('site');
  await page.getByLabel('Name (optional)').fill('runs-site');
  await page.getByRole('button', { name: 'Add variable' }).click();
  await page.getByLabel('Variable: name').fill('GREETING');
  await page.getByLabel('Variable: value').fill('hello there');
  await page.getByRole('button', { name: 'Add volume' }).click();
  await page.getByLabel('Volume', { exact: true }).fill('runs-data');
  await page.getByLabel('Path in the container').fill('/data');
  await page.getByLabel('Memory').fill('much');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText('Enter a size, e.g. “512m” or “2g”.')).toBeVisible();
  await page.getByLabel('Memory').fill('32m');
  await page.getByLabel('Restart policy').selectOption({ label: 'On failure' });
  await page.getByLabel('Read-only root file system').check();
  await page.getByLabel('No new privileges').check();
  await page.getByRole('button', { name: 'Run', exact: true }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'runs-site' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('Running');
  const href = await page.getByRole('link', { name: /→ 80$/ }).getAttribute('href');
  // Browsers resolve names below localhost themselves; this process asks the machine's resolver.
  const reached = await fetch(href!.replace('ports.localhost', '127.0.0.1'));
  expect(await reached.text()).toBe('served by a container\n');
  await expect(page.getByLabel('Output of runs-site')).toContainText(/200/); // httpd -v tells what it answered
  const config = page.getByRole('region', { name: 'Configuration' });
  await expect(config).toContainText('GREETING=hello there');
  await expect(config).toContainText('read-only root file system, no new privileges');
  await expect(config).toContainText('layerwright.origin=run');
  const { text } = await engine.call('/containers/runs-site/json');
  const { HostConfig: host } = JSON.parse(text) as { HostConfig: Record<string, unknown> };
  expect(host).toMatchObject({
    Memory: 32 * 1024 * 1024,
    RestartPolicy: { Name: 'on-failure' },
    ReadonlyRootfs: true,
    Tmpfs: { '/tmp': '' },
    SecurityOpt: ['no-new-privileges'],
    Binds: ['runs-data:/data'],
  });

  // The same name and the same port again: each is said where it stands, and nothing is left behind.
  const outside = new URL(href!).port;
  await page.goto(`${app.url}/containers/new?image=${encodeURIComponent(image)}`);
  await page.getByLabel('Name (optional)').fill('runs-site');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByLabel('Name (optional)')).toHaveAccessibleDescription(
    /The name runs-site is used by another container\./,
  );
  await page.getByLabel('Name (optional)').fill('runs-again');
  await page.getByLabel('Host port').fill(outside);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(
    alertOf(page)
      .filter({ hasText: `Port ${outside} of the engine's host is already in use.` })
      .first(),
  ).toBeVisible();
  await page.getByLabel('Host port').fill('');
  await page.getByLabel('Command').fill('no-such-program --help');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByLabel('Command')).toHaveAccessibleDescription(
    /There is no program no-such-program in the image \(exit code 127\)\./,
  );
  expect((await engine.call('/containers/runs-again/json')).status).toBe(404);

  await page.goto(`${app.url}/containers?view=ours`);
  const row = page.getByRole('row', { name: /runs-site/ });
  await expect(row).toContainText('started here');
  await row.getByRole('link', { name: 'runs-site' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('Exited');
  await page.getByRole('button', { name: 'More for runs-site' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: 'Remove container' }).click();
  await expect(page).toHaveURL(`${app.url}/containers`);
  await engine.call('/volumes/runs-data', 'DELETE');
});

test('an image without a command asks for one; folders of the host are for administrators', async ({
  app,
  engine,
  signedInPage: page,
  adminCookie,
  newPerson,
}) => {
  const image = await buildAtEngine(engine.address, 'runs/bare:1', 'FROM busybox\nCMD []\nEXPOSE 7/udp');
  await page.goto(`${app.url}/containers/new?image=${encodeURIComponent(image)}`);
  await expect(page.getByText('The image has no command: enter one')).toBeVisible();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByLabel('Command')).toHaveAccessibleDescription(/^Error: The image has no command/);
  await page.getByLabel('Command').fill(`sh -c 'echo "$0 says $1"; sleep 300' it hello`);
  await page.getByRole('button', { name: 'Add volume' }).click();
  await page.getByLabel('Volume', { exact: true }).fill('/etc');
  await page.getByLabel('Path in the container').fill('/host');
  await page.getByLabel('Read only').check();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByLabel(/^Output of/)).toContainText('it says hello');
  await expect(page.getByRole('region', { name: 'Mounts' })).toContainText('host folder');
  await engine.call(`/containers/${page.url().split('/').at(-1)!}?force=1`, 'DELETE');

  const account = await addUser(app, adminCookie, 'runner', 'builder');
  const { cookie } = await signedIn(await newPerson(), app, account);
  const answer = resultOf(
    await postAction(
      app,
      findServerAction('runImage'),
      { image, name: '', command: 'true', mounts: [{ source: '/etc', target: '/host' }] },
      { cookie },
    ),
  );
  expect(answer).toMatchObject({ ok: false, code: 'forbidden' });
  expect(answer?.fields?.['mounts.0.source']).toContain('Only an administrator');
});

test('whoever opens a published port by our link sends the container no login session', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  // It prints what it is sent, and answers.
  const answer = 'HTTP/1.0 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\nhello';
  const id = await createContainer(engine.address, 'busybox', 'listens', {
    Cmd: sh(`while :; do printf '${answer}' | nc -l -p 80; done`),
    ExposedPorts: { '80/tcp': {} },
    HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
  });
  await engine.call(`/containers/${id}/start`, 'POST');
  await page.goto(`${app.url}/containers/${id}`);
  const session = (await page.context().cookies(app.url)).find(({ name }) => name === 'lw_session');
  expect(session?.value).toMatch(/.{20}/);
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: /→ 80/ }).click();
  await expect((await opened).getByText('hello')).toBeVisible();
  await (await opened).close();
  const logs = async () => (await engine.call(`/containers/${id}/logs?stdout=1`)).text;
  await expect.poll(logs).toContain('GET / HTTP');
  expect(await logs()).not.toContain(session!.value);
  expect((await logs()).toLowerCase()).not.toContain('cookie:');
});
