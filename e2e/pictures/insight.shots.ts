import { buildAtEngine, pushImage } from '@/e2e/setup/pages/seeds';
import { call } from '@/e2e/setup/pages/server-actions';
import { expectStatus, openBuild } from '@/e2e/setup/steps-builds';
import { startBuild } from '@/e2e/setup/steps-projects';
import { expect, test } from '@/e2e/setup/steps-test';
import { openPage, region, shotFrom } from './shot';

const dockerfile = `FROM busybox AS assets
ARG EDITION=spring
RUN mkdir /site; for page in $(seq 1 300); do echo "<p>$page</p>" > /site/$page.html; done; sleep 1

FROM busybox AS tools
RUN dd if=/dev/urandom of=/tool bs=1M count=3 2>/dev/null; sleep 2

FROM busybox
LABEL maintainer=myadmin
COPY --from=assets /site /www
COPY --from=tools /tool /usr/bin/tool
COPY menu.txt prices /srv/
RUN echo "edition $EDITION" > /www/edition; sleep 0.4
RUN dd if=/dev/urandom of=/www/video.bin bs=1M count=4 2>/dev/null
EXPOSE 8080
ENTRYPOINT ["httpd", "-f", "-p", "8080", "-h", "/www"]
`;

test.use({ viewport: { width: 1280, height: 800 } });
// A second try would find everything in the cache, and picture that.
test.describe.configure({ retries: 0 });

test('pictures of what builds tell', async ({
  signedInPage: page,
  app,
  adminCookie,
  newProject,
  quietPages,
}) => {
  test.setTimeout(300_000);
  quietPages.expectErrors(/Failed to load resource/); // pages that are left while they load
  const files = { Dockerfile: dockerfile, 'menu.txt': 'soup', 'prices/soup.txt': '3' };
  const project = await newProject('restaurant', files, { tags: ['restaurant:1'] });
  const build = async (options: Parameters<typeof startBuild>[3] = {}) => {
    const id = await startBuild(app, adminCookie, project.id, { tags: ['restaurant:1'], ...options });
    await openBuild(page, app, id);
    await expectStatus(page, 'Succeeded');
    return id;
  };

  const first = await build();
  await openPage(page, `${app.url}/builds/${first}`);
  await shotFrom(page, region(page, 'Timeline'), 'timeline');

  project.write('prices/soup.txt', '4.50');
  await build();
  await shotFrom(page, region(page, 'Cache misses'), 'why');

  project.write('menu.txt', 'soup, and a stew');
  project.write('Dockerfile', dockerfile.replace('EXPOSE', 'RUN echo daily > /www/hours.html\nEXPOSE'));
  const last = await build({ buildArgs: [{ name: 'EDITION', value: 'summer' }] });
  await build();

  await openPage(page, `${app.url}/builds/compare?from=${first}&to=${last}`);
  await expect(page.getByRole('table', { name: 'Step durations' })).toBeVisible();
  await shotFrom(page, page.getByRole('main'), 'compare');
  await openPage(page, `${app.url}/projects/${project.id}/builds`);
  await shotFrom(page, page.getByRole('main'), 'trend');
});

test('pictures of what a build will send', async ({ signedInPage: page, app, newProject, quietPages }) => {
  quietPages.expectErrors(/Failed to load resource/);
  const { id } = await newProject('shop front', {
    Dockerfile:
      'FROM busybox\nCOPY . /www\nEXPOSE 8080\nENTRYPOINT ["httpd", "-f", "-p", "8080", "-h", "/www"]\n',
    'index.html': '<h1>Welcome</h1>\n'.repeat(40),
    'images/front.svg': '<svg/>'.repeat(4000),
    'images/logo.svg': '<svg/>'.repeat(600),
    'node_modules/left/index.js': 'x'.repeat(90_000),
    'notes/todo.md': 'to do\n'.repeat(300),
    'deploy/id_rsa': '-----BEGIN OPENSSH PRIVATE KEY-----\n',
    '.dockerignore': 'notes\n',
  });
  await openPage(page, `${app.url}/projects/${id}`);
  await expect(region(page, 'Build context').getByText('node_modules').first()).toBeVisible();
  await expect(page.getByText(/Ready to build/)).toBeVisible();
  await shotFrom(page, page.getByRole('main'), 'context');
});

test('a picture of a private base image', async ({
  signedInPage: page,
  app,
  engine,
  adminCookie,
  newProject,
  startRegistry,
  quietPages,
}) => {
  quietPages.expectErrors(/Failed to load resource/);
  const login = { user: 'myadmin', password: 'a password' };
  const { host } = await startRegistry({ htpasswd: login });
  const base = `${host}/team/base:1`;
  const id = await buildAtEngine(engine.address, base, 'FROM busybox\nRUN echo of the team > /etc/motd');
  const stored = { host, scheme: 'http', username: login.user, password: login.password };
  await call(app, adminCookie, 'addRegistry', stored);
  await pushImage(app, adminCookie, id, base);
  await engine.call(`/images/${id}?force=true`, 'DELETE');
  const { id: project } = await newProject('on our base', {
    Dockerfile: `FROM ${base}\nRUN cat /etc/motd\n`,
  });
  await openPage(page, `${app.url}/projects/${project}`);
  await expect(page.getByText(/Ready to build/)).toBeVisible();
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  await expectStatus(page, 'Succeeded');
  await page.goBack();
  await expect(page.getByText(/Ready to build/)).toBeVisible();
  await shotFrom(page, page.getByRole('main'), 'private-base');
});
