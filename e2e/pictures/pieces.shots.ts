import { buildAtEngine, createContainer } from '@/e2e/setup/pages/seeds';
import { expect, test } from '@/e2e/setup/steps-test';
import { openPage, region, shot, shotFrom } from './shot';

const written = (kilobytes: number) =>
  `RUN dd if=/dev/urandom of=/file-${kilobytes} bs=1k count=${kilobytes}`;

const chatter = [
  'echo "listens on 0.0.0.0:8080"',
  'for n in $(seq 1 40); do echo "GET /menu/$n 200"; [ $((n % 9)) = 0 ] && echo "slow: /menu/$n took 812 ms" >&2; done',
  'sleep 600',
].join('; ');

test.use({ viewport: { width: 1280, height: 800 } });

test('pictures of images', async ({ signedInPage: page, app, engine, registry, quietPages }) => {
  test.setTimeout(180_000);
  quietPages.expectErrors(/Failed to load resource/);
  const build = (tag: string, ...lines: string[]) => buildAtEngine(engine.address, tag, lines.join('\n'));
  await build('team/tools:2', 'FROM busybox', written(4000));
  await build('team/site:7', 'FROM team/tools:2', written(2200), 'COPY Dockerfile /www/');
  await build('team/site:8', 'FROM team/tools:2', written(2600), 'COPY Dockerfile /www/');
  await build('team/site-settings:8', 'FROM team/site:8', 'ENV SHOP=open', 'EXPOSE 8080');
  await build('team/worker:1', 'FROM team/tools:2', written(900));
  await build('team/worker:1', 'FROM team/tools:2', written(1100));

  await openPage(page, `${app.url}/images?q=team/`);
  await page.getByLabel('Select team/site:7').check();
  await page.getByLabel('Select team/tools:2').check();
  await page.getByRole('button', { name: 'Remove…', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('list', { name: 'Images to keep' })).toBeVisible();
  await shot(page, 'images-remove');

  await openPage(page, `${app.url}/images/tree`);
  await shot(page, 'images-tree');
  await openPage(page, `${app.url}/images/clean-up`);
  await shot(page, 'images-clean-up');
  await openPage(page, `${app.url}/images/add`);
  await page.getByLabel('Image', { exact: true }).fill(`${registry.host}/myadmin/mysite:latest`);
  await expect(page.getByText(/is asked/)).toBeVisible();
  await shot(page, 'images-add');
});

test('pictures of containers and the engine', async ({ signedInPage: page, app, engine, quietPages }) => {
  test.setTimeout(180_000);
  quietPages.expectErrors(/Failed to load resource/);
  const image = await buildAtEngine(
    engine.address,
    'menu:1',
    'FROM busybox\nENV SHOP=open\nEXPOSE 8080\nCMD ["httpd", "-f", "-p", "8080", "-h", "/"]',
  );
  await openPage(page, `${app.url}/containers/new?image=${encodeURIComponent(image)}`);
  await page.getByRole('button', { name: 'Add variable' }).click();
  await page.getByLabel('Variable: name').fill('GREETING');
  await page.getByLabel('Variable: value').fill('hello');
  await page.getByLabel('Memory').fill('64m');
  await shotFrom(page, page.getByRole('main'), 'container-run');

  const own = { Cmd: ['sh', '-c', chatter], Env: ['EDITION=summer'], ExposedPorts: { '8080/tcp': {} } };
  const host = { Memory: 128 * 1024 * 1024, PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1' }] } };
  const runs = await createContainer(engine.address, 'menu:1', 'menu', { ...own, HostConfig: host });
  const ends = await createContainer(engine.address, 'busybox', 'import', { Cmd: ['sh', '-c', 'exit 3'] });
  for (const id of [runs, ends]) await engine.call(`/containers/${id}/start`, 'POST');
  await openPage(page, `${app.url}/containers/${runs}`);
  await expect(page.getByLabel('Output of menu')).toContainText('/menu/40');
  await shotFrom(page, page.getByRole('main'), 'container');
  await openPage(page, `${app.url}/containers`);
  await shot(page, 'containers');

  await openPage(page, `${app.url}/engine`);
  await expect(region(page, 'Disk use').getByRole('row', { name: /^Images/ })).toContainText(/MB|GB/);
  await shotFrom(page, region(page, 'Storage'), 'engine');
  await page.getByRole('button', { name: 'Remove stopped containers…' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
  await shot(page, 'engine-remove');
  for (const id of [runs, ends]) await engine.call(`/containers/${id}?force=1`, 'DELETE');
});
