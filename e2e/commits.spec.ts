import { commitNamed, makeProject, openDockerfile, scoreShown } from './setup/steps-commits';
import { expect, test } from './setup/steps-test';
import { expectStatus, patient } from './setup/steps-builds';
import { askEngine } from './setup/steps-engine';

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
  await expect(page.getByText('Data in volumes is not in a commit')).toBeVisible(patient);
  const marked = page.getByRole('list', { name: 'Marked by rules' });
  await expect(marked).toContainText('/srv/settings', patient);
  await expect(marked).toContainText('.ash_history');
  await page.getByLabel('Leave out /srv/settings').first().check();
  await page.getByLabel('Leave out all: Shell history').check();
  await page.getByLabel('Leave out all: Temporary files').check();
  await expect(
    page.getByText(/One clean layer on the base image, without what is left out.*TOKEN/),
  ).toBeVisible();
  await commitNamed(page, 'UPPER');
  await expect(page.getByLabel('Reference')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Leave out /srv/settings').first()).toBeChecked();
  await commitNamed(page, 'clean-site:1');
  await expectStatus(page, 'Succeeded');
  await expect(page.getByRole('main')).toContainText(
    'one clean layer on the base image; 3 changed paths left out',
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
    await expect(scoreShown(page)).toHaveText('100 %', patient);
  });
  for (const one of [id, copy]) await askEngine(engine.address, 'DELETE', `/containers/${one}?force=1&v=1`);
});
