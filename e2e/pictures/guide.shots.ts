import type { Page } from '@playwright/test';
import { expect, test } from '@/e2e/setup/fixtures';
import { toast } from '@/e2e/setup/steps-projects';
import { openPage, shot } from './shot';

// Makes the pictures of the README and the guide from the real thing: `npm run screenshots`.

const apache = `FROM busybox AS assets
RUN mkdir /site && for page in $(seq 1 400); do echo "<p>$page</p>" > /site/$page.html; done

FROM busybox
LABEL maintainer=myadmin
RUN for step in fetch configure compile install; do echo "==> $step"; seq 1 6; sleep 1; done
COPY --from=assets /site /www
RUN dd if=/dev/urandom of=/www/video.bin bs=1M count=6 2>/dev/null
EXPOSE 8080
ENTRYPOINT ["httpd", "-f", "-p", "8080", "-h", "/www"]
`;

const broken = `${apache.split('EXPOSE')[0]}RUN echo "checking for cc... no"; echo "configure: error: no acceptable C compiler found" >&2; exit 77
`;

const careless = `FROM debian:12 AS build
RUN apt-get update && apt-get install -y gcc make

FROM fedora:41
RUN dnf install -y httpd; dnf clean all
COPY --from=biuld /usr/local/bin/ /usr/local/bin/
ADD ./mysite.tar /tmp/
EXPOSE 80
CMD ["httpd", "-D", "FOREGROUND"]
`;

async function fromTemplate(page: Page, template: string, name: string) {
  await page.goto(new URL('/projects/new', page.url()).href);
  await page.getByRole('button', { name: `Use ${template}` }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function typeDockerfile(page: Page, text: string) {
  await page.goto(`${page.url()}/files?path=Dockerfile`);
  const editor = page.getByRole('textbox', { name: /Dockerfile/ });
  await editor.fill(text);
  await page.keyboard.press('Escape'); // completions that are offered
  await expect(page.getByText('Not saved yet')).toBeVisible();
}

async function writeDockerfile(page: Page, text: string) {
  await typeDockerfile(page, text);
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(toast(page, /Saved/)).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).first().click(); // else it stands in the next pictures
}

const build = (page: Page) => page.getByRole('button', { name: 'Build', exact: true }).click();
const end = (page: Page, status: string) =>
  expect(page.getByText(status).first()).toBeVisible({ timeout: 60_000 });

test.use({ viewport: { width: 1280, height: 800 } });

test('pictures of the guide', async ({ signedInPage: page, app, quietPages }) => {
  test.setTimeout(300_000);
  quietPages.expectErrors(/Failed to load resource/); // pages that are left while they load
  const home = app.url;
  const open = (target: string) => page.goto(`${home}${target}`);

  await open('/projects/new');
  await shot(page, 'new-project');
  await fromTemplate(page, 'Website from an archive', 'mysite');
  await shot(page, 'project');
  await build(page);
  await end(page, 'Succeeded');

  await page.getByRole('button', { name: 'Build again' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'mysite #2' })).toBeVisible();
  await end(page, 'Succeeded');
  await shot(page, 'build-cached');

  await page.getByRole('button', { name: /^Push/ }).click();
  await page.getByLabel('Repository').fill('myadmin/mysite');
  await shot(page, 'push-dialog');
  await page.getByRole('dialog').getByRole('button', { name: 'Push', exact: true }).click();
  await page.waitForURL(/\/pushes\//, { timeout: 60_000 });
  await end(page, 'Succeeded');
  await shot(page, 'push');

  await fromTemplate(page, 'Blank', 'editor');
  await typeDockerfile(page, careless);
  await expect(page.getByText('No earlier stage is named “biuld”.')).toBeVisible();
  await shot(page, 'editor');
  await page.getByRole('button', { name: 'Undo all changes' }).click();

  await open('/registries/new');
  await page.getByLabel('Host').fill('registry-host:5000');
  await page.getByLabel('User name').fill('myadmin');
  await page.getByLabel('Password or token').fill('not the real one');
  await shot(page, 'registry-new');

  await fromTemplate(page, 'Blank', 'shop');
  await writeDockerfile(page, apache);
  await build(page);
  await expect(page.getByText('==> compile')).toBeVisible({ timeout: 60_000 });
  await shot(page, 'build-live');
  await end(page, 'Succeeded');
  await page.getByRole('link', { name: 'View image' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await shot(page, 'image');

  await fromTemplate(page, 'Blank', 'compiler');
  await writeDockerfile(page, broken);
  await build(page);
  await end(page, 'Failed');
  await expect(page.getByText('no acceptable C compiler').first()).toBeVisible();
  await shot(page, 'build-failed');

  for (const [name, target] of [
    ['overview', '/'],
    ['builds', '/builds'],
    ['images', '/images'],
    ['registries', '/registries'],
  ] as const) {
    await openPage(page, home + target);
    await shot(page, name);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await openPage(page, home);
  await shot(page, 'overview-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('shop');
  await expect(page.getByRole('option', { name: /shop/ }).first()).toBeVisible();
  await shot(page, 'palette');
});
