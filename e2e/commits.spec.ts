import { debianBase, debianImage } from './setup/debian-base';
import { commitNamed, makeProject, openDockerfile, scoreShown } from './setup/steps-commits';
import { expect, test } from './setup/steps-test';
import { expectStatus, patient } from './setup/steps-builds';
import { askEngine, inspectImage } from './setup/steps-engine';
import { editorText, openFile, openView, toast } from './setup/steps-projects';
import { commandOf, exitShell, screenOf, startBench, type } from './setup/terminal';

test('what was made by hand is committed, pushed, and becomes a Dockerfile that provably makes the same', async ({
  app,
  engine,
  registry,
  signedInPage: page,
}) => {
  test.setTimeout(300_000);
  const name = `hand-${Date.now()}`;
  let project = '';
  let bench = '';

  await test.step('a server is set up in a shell, with detours', async () => {
    bench = `/workbenches/${await startBench(page, app, { name })}`;
    await type(page, 'ls /\n');
    await type(page, 'mkdir -p /www/html /etc/httpd\n');
    await type(page, 'cat /nowhere\n');
    await type(page, 'cd /www/html\n');
    await type(page, "echo '<h1>It works</h1>' > index.html\n");
    await type(page, 'vi /etc/httpd/httpd.conf\n');
    await expect(screenOf(page)).toContainText('~');
    await type(page, 'iH:/www/html');
    await expect(screenOf(page)).toContainText('H:/www/html');
    await page.keyboard.press('Escape');
    await type(page, ':wq\n');
    await expect(commandOf(page, 'vi /etc/httpd/httpd.conf')).toContainText('1 path', patient);
    await type(page, 'export SITE=main\n');
    await type(page, 'echo $SITE > site; chown -R 33:33 /www; rm /bin/vi\n');
    await expect(commandOf(page, 'rm /bin/vi')).toContainText('path', patient);
    await exitShell(page);
  });

  await test.step('it is found among all containers, looked through and committed, and pushed with it', async () => {
    await page.getByRole('link', { name: 'Containers', exact: true }).first().click();
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('link', { name: 'Replay the recording' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Open the workbench' })).toHaveAttribute('href', bench);
    await page.goBack();
    await page.getByRole('button', { name: `More for ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Commit…' }).click();
    await expect(page.getByRole('heading', { level: 1, name: `Commit ${name}` })).toBeVisible(patient);
    await page.getByRole('button', { name: /^\/www,/ }).click();
    await page.getByRole('button', { name: /^\/www\/html,/ }).click();
    const below = page.getByRole('list', { name: 'Changes in /www/html' });
    await expect(below).toContainText('index.html');
    await page.getByLabel('Reference').fill('rhel7-httpd');
    await page.getByLabel('Author').fill('Ada <ada@example.org>');
    await page.getByLabel('CMD').fill('["httpd", "-f", "-c", "/etc/httpd/httpd.conf"');
    const where = page.getByLabel('After the commit');
    const choice = await where.locator('option', { hasText: registry.host }).textContent();
    await where.selectOption({ label: choice ?? '' });
    await page.getByLabel('Repository').fill('myadmin/rhel7-httpd');
    await page.getByRole('button', { name: 'Commit and push' }).click();
    await expect(page.getByText('must be a JSON array of strings')).toBeVisible();
    await expect(page.getByLabel('CMD')).toBeFocused();
    await page.getByLabel('CMD').fill('["httpd", "-f", "-c", "/etc/httpd/httpd.conf"]');
    await page.getByRole('button', { name: 'Commit and push' }).click();
    await expect(
      page.getByRole('heading', { level: 1, name: `Commit ${name} as rhel7-httpd:latest` }),
    ).toBeVisible(patient);
    await expectStatus(page, 'Succeeded');
    await expect(page.getByRole('main')).toContainText('standard docker commit');
    const push = page.getByRole('list', { name: 'Pushes' }).getByRole('listitem');
    await expect(push).toContainText('myadmin/rhel7-httpd:latest');
    await expect(push.getByText('Succeeded')).toBeVisible(patient);
    const answer = await page.request.get(`http://${registry.host}/v2/myadmin/rhel7-httpd/manifests/latest`, {
      headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
    });
    expect(answer.status()).toBe(200);
    const image = await inspectImage(engine.address, 'rhel7-httpd');
    expect(image?.Config).toMatchObject({ Cmd: ['httpd', '-f', '-c', '/etc/httpd/httpd.conf'] });
    expect(image?.Config.Env?.join()).not.toContain('SITE');
  });

  await test.step('the image says how it was made', async () => {
    await page.getByRole('link', { name: 'View image' }).click();
    const story = page.getByRole('region', { name: 'Origin' });
    await expect(story).toContainText(name, patient);
    await expect(story).toContainText('Ada <ada@example.org>');
    await expect(story.getByRole('link', { name: 'busybox:latest' })).toBeVisible();
    await expect(story.getByRole('link', { name: /command/ })).toBeVisible();
  });

  await test.step('its Dockerfile holds what was needed, and says where each line comes from', async () => {
    const text = await openDockerfile(page);
    const value = await text.inputValue();
    expect(value).toContain('FROM busybox:latest\n');
    expect(value).toContain('RUN mkdir -p /www/html /etc/httpd');
    expect(value).toContain('WORKDIR /www/html');
    expect(value).toContain('COPY files/etc/httpd/httpd.conf /etc/httpd/httpd.conf');
    expect(value).toContain('ENV SITE=main');
    expect(value).toContain('CMD ["httpd", "-f", "-c", "/etc/httpd/httpd.conf"]');
    expect(value).not.toMatch(/nowhere|ls \/|exit/);
    await page.getByRole('link', { name: /^Line 3 comes from command 2$/ }).click();
    await expect(page.locator('#command-2')).toContainText('mkdir -p /www/html');
    await expect(page.locator('#command-3')).toContainText('failed');
    await expect(page.locator('#command-1')).toContainText('changed nothing');
  });

  await test.step('it becomes a project, is built, and is the same in every path', async () => {
    project = await makeProject(page, `${name} again`);
    await expect(page.getByRole('region', { name: 'Verification' })).toContainText('Not built yet');
    await page.getByRole('button', { name: 'Build', exact: true }).click();
    await expectStatus(page, 'Succeeded');
    await page.goto(project);
    await expect(scoreShown(page)).toHaveText('100%', patient);
  });

  await test.step('what is changed in it shows at the next build', async () => {
    await openView(page, 'Files');
    const editor = await openFile(page, 'Dockerfile');
    const text = await editorText(editor);
    await editor.fill(`${text.trimEnd()}\nRUN touch /not-in-there /var/log/late\n`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(toast(page, 'Saved')).toBeVisible();
    await page.getByRole('button', { name: 'Build', exact: true }).click();
    await expectStatus(page, 'Succeeded');
    await page.goto(project);
    await expect(scoreShown(page)).not.toHaveText('100%', patient);
    await page.getByRole('list', { name: 'Comparisons' }).getByRole('link').first().click();
    const table = page.getByRole('table', { name: /^Differences/ });
    await expect(table.getByRole('row', { name: '/not-in-there' })).toContainText('Extra', patient);
    await expect(table.getByRole('row', { name: '/var/log/late' })).toContainText('Time-dependent');
    await expect(page.getByRole('region', { name: 'Not counted' })).toContainText('/var/log');
  });
  await askEngine(engine.address, 'DELETE', `/containers/${name}?force=1`);
});

test('what does not belong into an image is marked, and left out in one clean layer', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const script = [
    'mkdir -p /srv /root',
    'echo typed > /root/.ash_history',
    'echo "api_key = 0123456789abcdef" > /srv/settings',
    'echo page > /srv/page',
    'echo x > /tmp/junk',
    'rm /bin/vi',
  ].join('; ');
  const made = await askEngine(engine.address, 'POST', '/containers/create', {
    Image: 'busybox',
    Cmd: ['sh', '-c', script],
    Env: ['TOKEN=secret'],
    Volumes: { '/data': {} },
  });
  const { Id: id } = made.json() as { Id: string };
  await askEngine(engine.address, 'POST', `/containers/${id}/start`);
  await askEngine(engine.address, 'POST', `/containers/${id}/wait`);

  await page.goto(`${app.url}/commits/new?container=${id}`);
  await expect(page.getByText('Data in volumes is not committed')).toBeVisible(patient);
  const marked = page.getByRole('list', { name: 'Marked by rules' });
  await expect(marked).toContainText('/srv/settings', patient);
  await expect(marked).toContainText('.ash_history');
  await page.getByLabel('Exclude /srv/settings').first().check();
  await page.getByLabel('Exclude all: Shell history').check();
  await page.getByLabel('Exclude all: Temporary files').check();
  await expect(
    page.getByText(/One clean layer on the base image, without the excluded paths.*TOKEN/),
  ).toBeVisible();
  await commitNamed(page, 'UPPER');
  await expect(page.getByLabel('Reference')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Exclude /srv/settings').first()).toBeChecked();
  await commitNamed(page, 'clean-site:1');
  await expectStatus(page, 'Succeeded');
  await expect(page.getByRole('main')).toContainText(
    'one clean layer on the base image; 3 changed paths excluded',
  );

  const { text } = await askEngine(engine.address, 'GET', '/images/clean-site:1/json');
  const image = JSON.parse(text) as {
    Config: { Env: string[]; Cmd: string[] };
    RootFS: { Layers: string[] };
  };
  expect(image.Config.Env.join()).not.toContain('TOKEN');
  expect(image.Config.Cmd).toEqual(['sh']);
  expect(image.RootFS.Layers).toHaveLength(2);
  const looked = await askEngine(engine.address, 'POST', '/containers/create', { Image: 'clean-site:1' });
  const { Id: copy } = looked.json() as { Id: string };
  const has = async (path: string) =>
    (await askEngine(engine.address, 'GET', `/containers/${copy}/archive?path=${encodeURIComponent(path)}`))
      .status;
  expect(await has('/srv/page')).toBe(200);
  for (const path of ['/srv/settings', '/root/.ash_history', '/tmp/junk', '/bin/vi'])
    expect(await has(path), path).toBe(404);

  await test.step('without a recording, the Dockerfile takes the files out of the image, and is proved the same', async () => {
    const text = await openDockerfile(page);
    expect(await text.inputValue()).toContain('ADD files.tar /');
    await expect(page.getByText('Nothing was recorded in this container.')).toBeVisible();
    const project = await makeProject(page, `clean ${Date.now()}`);
    await page.getByRole('button', { name: 'Build', exact: true }).click();
    await expectStatus(page, 'Succeeded');
    await page.goto(project);
    await expect(scoreShown(page)).toHaveText('100%', patient);
  });
  for (const one of [id, copy]) await askEngine(engine.address, 'DELETE', `/containers/${one}?force=1&v=1`);
});

test('a package that was installed by apt-get in a Debian made here is installed again by its Dockerfile', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  test.setTimeout(600_000);
  const slow = { timeout: 240_000 }; // a mirror may be far
  await debianBase(engine.address);
  const name = `debian-${Date.now()}`;
  await startBench(page, app, { image: debianImage, name });
  await type(page, 'apt-get update\n');
  await expect(commandOf(page, 'apt-get update')).toContainText('path', slow);
  await type(page, 'dash\n');
  await type(page, 'mkdir -p /srv/site\n');
  await type(page, 'exit\n');
  const within = commandOf(page, 'mkdir -p /srv/site');
  await expect(within).toContainText('path', patient);
  await within.getByRole('button').click();
  await expect(within).toContainText('as root, dash');
  // It asks, because the package needs another one.
  await type(page, 'apt-get install --no-install-recommends file\n');
  await expect(screenOf(page)).toContainText('[Y/n]', slow);
  await type(page, 'y\n');
  await expect(screenOf(page)).toContainText(/Processing triggers for libc-bin[^]*# /, slow);
  await expect(commandOf(page, 'apt-get install')).toContainText('paths', patient);
  await type(page, 'echo hello > /srv/site/index.html\n');
  await expect(commandOf(page, 'echo hello')).toContainText('1 path', patient);
  await type(page, 'echo "api_key = 0123456789abcdef" > /srv/site/key\n');
  await expect(commandOf(page, 'api_key')).toContainText('1 path', patient);
  await exitShell(page);

  await page.getByRole('link', { name: 'Commit', exact: true }).click();
  await page.getByLabel('Exclude /srv/site/key').first().check(slow);
  await commitNamed(page, 'debian-file:1');
  await expect(page.getByRole('heading', { level: 1, name: `Commit ${name} as debian-file:1` })).toBeVisible(
    patient,
  );
  await expectStatus(page, 'Succeeded', slow);
  // The base names no command, and the shell of the workbench must not become it.
  const image = JSON.parse((await askEngine(engine.address, 'GET', '/images/debian-file:1/json')).text) as {
    Config: { Cmd: string[] | null; Entrypoint: string[] | null };
  };
  expect(image.Config.Cmd ?? []).toEqual([]);
  expect(image.Config.Entrypoint ?? []).toEqual([]);

  const text = await openDockerfile(page);
  const value = await text.inputValue();
  expect(value).toContain('RUN apt-get update \\\n');
  expect(value).toContain('DEBIAN_FRONTEND=noninteractive apt-get -y install --no-install-recommends file');
  expect(value).toContain('rm -rf /var/lib/apt/lists/*');
  expect(value).toContain('mkdir -p /srv/site');
  expect(value).toContain('&& rm -rf /srv/site/key');
  const project = await makeProject(page, `debian file ${Date.now()}`);
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  await expectStatus(page, 'Succeeded', slow);
  await page.goto(project);
  await expect(scoreShown(page)).toHaveText('100%', slow);
  await askEngine(engine.address, 'DELETE', `/containers/${name}?force=1`);
});
