import path from 'node:path';
import { expect, test } from './setup/steps-test';
import {
  downloadRaw,
  expectStatus,
  holdAt,
  logOf,
  openStep,
  patient,
  readLog,
  stepHead,
  textOf,
} from './setup/steps-builds';
import { inspectImage, askEngine, pullImage, runImage } from './setup/steps-engine';
import { chooseFolder, createProject, editorText, openFile, openView, toast } from './setup/steps-projects';

const example = path.join(import.meta.dirname, '../examples/website');

test('an administrator drops a folder, builds it live, pushes it, and others pull and run it', async ({
  app,
  engine,
  registry,
  signedInPage,
  gates,
}) => {
  test.setTimeout(300_000);
  const context = signedInPage.context();
  let page = signedInPage;
  let digest = '';

  await test.step('the folder becomes a project, and what will be sent is shown', async () => {
    await page.getByRole('link', { name: 'Projects', exact: true }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
    const newProject = page.getByRole('link', { name: 'New project' });
    if (await newProject.isVisible()) await newProject.click();
    await chooseFolder(page, example);
    await expect(page.getByLabel('Name of the project')).toHaveValue('website');
    await createProject(page, 'My site');
    const sent = page.getByRole('region', { name: 'Build context', exact: true });
    await expect(sent).toContainText('in 3 files');
    await expect(sent).toContainText('.dockerignore excludes 5 files');
    await expect(sent.getByRole('link', { name: 'mysite.tar' })).toBeVisible();
  });

  await test.step('a step of its own is added to the Dockerfile in the browser', async () => {
    await openView(page, 'Files');
    const editor = await openFile(page, 'Dockerfile');
    const print = (part: string) => `for n in $(seq 60); do echo "page $n of the ${part} part"; done`;
    const added = `RUN ${print('first')}; ${holdAt(gates.url('half'))}; ${print('second')}\n`;
    const text = await editorText(editor);
    await editor.fill(text.replace('EXPOSE', `${added}\nEXPOSE`));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(toast(page, /Saved/)).toBeVisible();
  });

  await test.step('tag and push target are set in the options', async () => {
    await openView(page, 'Options');
    await page.getByLabel('Tag 1').fill('mysite:1');
    await page.getByRole('button', { name: 'Add target' }).click();
    const target = page.getByLabel('Target 1: registry');
    await expect(target.locator('option:checked')).toContainText(registry.host);
    await expect(page.getByLabel('Target 1: repository')).toHaveValue('mysite');
    await page.getByLabel('Target 1: repository').fill('myadmin/mysite');
    await expect(page.getByLabel('Target 1: tag')).toHaveValue('1');
    await page.getByLabel('Network').selectOption('host');
    await page.getByRole('button', { name: 'Save options' }).click();
    await expect(toast(page, 'Options saved')).toBeVisible();
  });

  await test.step('the build is watched, closed in the middle, and opened again', async () => {
    await page.getByRole('button', { name: 'Build and push' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'My site #1' })).toBeVisible(patient);
    await expect(logOf(page)).toContainText('page 60 of the first part', patient);
    await expectStatus(page, 'Running');
    const address = page.url();
    await page.close();
    gates.open('half');
    page = await context.newPage();
    await page.goto(address);
    await expectStatus(page, 'Succeeded');
    const row = await openStep(page, /for n in/);
    const shown = await readLog(logOf(row));
    expect(`${textOf(shown)}\n`).toBe((await downloadRaw(page, row)).toString());
    expect(shown).toHaveLength(120);
    expect(shown[0]).toMatchObject({ number: 1, text: 'page 1 of the first part', stderr: false });
  });

  await test.step('every instruction of the Dockerfile is a step or in the history of the image', async () => {
    for (const words of [/FROM.*busybox/, /RUN mkdir \/www/, /ADD .*mysite\.tar/, /RUN mv/])
      await expect(stepHead(page, words).getByRole('img', { name: /Done|Cached/ })).toBeVisible();
  });

  await test.step('the push ends with a digest that the registry answers', async () => {
    await page
      .getByRole('list', { name: 'Pushes' })
      .getByRole('link', { name: /myadmin\/mysite/ })
      .click();
    await expectStatus(page, 'Succeeded');
    await expect(page.getByText('Digest verified by the registry')).toBeVisible(patient);
    const shown = page.getByRole('button', { name: /^Copy digest sha256:/ });
    digest = ((await shown.getAttribute('aria-label')) ?? '').replace('Copy digest ', '');
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const answer = await fetch(`http://${registry.host}/v2/myadmin/mysite/manifests/1`, {
      method: 'HEAD',
      headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
    });
    expect(answer.headers.get('docker-content-digest')).toBe(digest);
  });

  await test.step('the image shows where each of its layers comes from', async () => {
    const image = await inspectImage(engine.address, 'mysite:1');
    expect(image?.RepoTags).toContain(`${registry.host}/myadmin/mysite:1`);
    await page.goto(`${app.url}/images/${image?.Id.replace('sha256:', '')}`);
    const main = page.getByRole('main');
    for (const words of ['MAINTAINER myadmin', 'mkdir /www', 'mysite.tar', 'mv /tmp/mysite', '8080', 'httpd'])
      await expect(main.getByText(words).first()).toBeVisible();
  });

  const expectPages = async (reference: string) => {
    const container = await runImage(engine.address, reference);
    try {
      const get = async (file: string) => (await fetch(`http://${container.ip}:8080/${file}`)).text();
      await expect(async () => expect(await get('')).toContain('<html')).toPass();
      expect(await get('css/style.css')).toContain('{');
      expect(await get('about.html')).toContain('<html');
    } finally {
      await container.stop();
    }
  };

  await test.step('the image runs and serves the pages of the archive', () => expectPages('mysite:1'));

  await test.step('it can be removed here, and pulled again by its digest', async () => {
    const reference = `${registry.host}/myadmin/mysite`;
    for (const name of ['mysite:1', `${reference}:1`])
      expect((await askEngine(engine.address, 'DELETE', `/images/${name}?force=1`)).status).toBe(200);
    expect(await inspectImage(engine.address, `${reference}@${digest}`)).toBeNull();
    await pullImage(engine.address, `${reference}@${digest}`);
    await expectPages(`${reference}@${digest}`);
  });
});
