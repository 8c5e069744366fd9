import { createHash } from 'node:crypto';
import { expect, test } from './setup/steps-test';
import {
  expectStatus,
  holdAt,
  logOf,
  onHost,
  openBuild,
  openStep,
  patient,
  readLog,
  stepHead,
  textOf,
} from './setup/steps-builds';
import { isRunning } from './setup/faults-processes';
import { askEngine, inspectImage } from './setup/steps-engine';
import { openView, startBuild, toast } from './setup/steps-projects';

/** Seconds to sleep, by which the process is known among all others. */
const aLongTime = () => String(1_000_000_000 + (Date.now() % 1_000_000_000));

test('a build that fails shows the failed step first, at its last lines, with the line of the Dockerfile', async ({
  app,
  adminCookie,
  newProject,
  signedInPage: page,
}) => {
  const many = Array.from({ length: 7 }, (_, index) => `RUN echo step ${index + 1}`).join('\n');
  const failing =
    'RUN for n in $(seq 300); do echo "compiling $n"; done; echo "cannot find the end of it"; exit 7';
  const { id } = await newProject('failing', {
    Dockerfile: `FROM busybox\n${many}\n${failing}\nRUN echo never\n`,
  });
  const build = await startBuild(app, adminCookie, id);
  await openBuild(page, app, build);
  await expectStatus(page, 'Failed');
  await expect(page.getByRole('alert').first()).toContainText('Line 9, RUN for n in');
  await expect(page.getByRole('alert').first()).toContainText('Exited with code 7.');

  const failed = stepHead(page, /compiling/);
  await expect(failed).toHaveAttribute('aria-expanded', 'true');
  await expect(failed.getByRole('img', { name: 'Failed' })).toBeVisible();
  // What went well before is folded, so that the failed one stands first.
  const folded = page.getByRole('button', { name: /Steps before the failed one/ });
  await expect(folded).toHaveAttribute('aria-expanded', 'false');
  await expect(stepHead(page, /echo step 1/)).toHaveCount(0);
  await expect(logOf(page).getByText('compiling 300', { exact: true })).toBeInViewport();
  await expect(logOf(page).getByText('cannot find the end of it')).toBeInViewport();
  await folded.click();
  await expect(stepHead(page, /echo step 1/).getByRole('img', { name: /Done|Cached/ })).toBeVisible();

  await page.getByRole('link', { name: 'Dockerfile line 9' }).click();
  const line = page.getByRole('list', { name: 'Text of Dockerfile' }).getByRole('listitem').nth(8);
  await expect(line).toBeInViewport();
  await expect(line).toContainText('compiling $n');
  await expect(line.getByRole('img', { name: 'Failed' })).toBeVisible();

  // Anew, and not at the line that was gone to.
  await openBuild(page, app, build);
  await expect(logOf(page).getByText('cannot find the end of it')).toBeInViewport();
});

for (const builder of ['buildkit', 'classic'] as const) {
  test(`cancelling a build of the ${builder} builder ends its process, and keeps what it said`, async ({
    app,
    adminCookie,
    newProject,
    signedInPage: page,
  }) => {
    const seconds = aLongTime();
    const dockerfile = `FROM busybox\nRUN echo begun with ${builder}; sleep ${seconds}\n`;
    const { id } = await newProject(`cancelled ${builder}`, { Dockerfile: dockerfile }, { builder });
    await openBuild(page, app, await startBuild(app, adminCookie, id));
    await expect(logOf(page)).toContainText(`begun with ${builder}`, patient);
    await expect.poll(() => isRunning(seconds)).toBe(true);

    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Cancel this operation?' });
    await expect(question).toContainText('Nothing is tagged');
    await question.getByRole('button', { name: 'Cancel it' }).click();
    await expectStatus(page, 'Cancelled');
    expect(isRunning(seconds)).toBe(false);
    await expect(page.getByRole('alert').first()).toContainText('Cancelled by admin.');
    const row = await openStep(page, /begun with/);
    expect(textOf(await readLog(logOf(row)))).toBe(`begun with ${builder}`);
    await expect(page.getByRole('button', { name: 'Build again' })).toBeVisible();
  });
}

test('builds beyond the limit wait in line, say their place, and can be taken out', async ({
  app,
  adminCookie,
  newProject,
  signedInPage: page,
  gates,
}) => {
  const builds: string[] = [];
  for (const name of ['first', 'second', 'third', 'fourth']) {
    const dockerfile = `FROM busybox\nRUN ${holdAt(gates.url(name))}\n`;
    const { id } = await newProject(`queued ${name}`, { Dockerfile: dockerfile }, onHost);
    builds.push(await startBuild(app, adminCookie, id));
  }
  const [, , third, fourth] = builds as [string, string, string, string];
  await gates.reached('first');
  await gates.reached('second');
  await openBuild(page, app, fourth);
  await expectStatus(page, 'Queued');
  await expectStatus(page, 'number 2 in queue');
  await expect(page.getByText('Waiting in the queue.')).toBeVisible();

  const other = await page.context().newPage();
  await openBuild(other, app, third);
  await expectStatus(other, 'next in queue');
  await other.getByRole('button', { name: 'Cancel', exact: true }).click();
  await other.getByRole('button', { name: 'Remove from queue' }).click();
  await expectStatus(other, 'Cancelled');
  await expect(other.getByRole('alert').first()).toContainText('It had not started.');
  await other.close();

  await expectStatus(page, 'next in queue');
  gates.open('second');
  await gates.reached('fourth');
  await expectStatus(page, 'Running');
  gates.open('first');
  gates.open('fourth');
  await expectStatus(page, 'Succeeded');
  expect(gates.order()).not.toContain('third');
});

const stages = `FROM busybox AS base
ARG GREETING=hello
ARG WHOM
RUN echo "$GREETING $WHOM"
FROM base AS checked
RUN --mount=type=secret,id=token sha256sum < /run/secrets/token
FROM checked AS unwanted
RUN echo this stage is not asked for
`;

test('arguments, stage, labels and a secret reach the build, and the secret is nowhere else', async ({
  app,
  engine,
  newProject,
  signedInPage: page,
}) => {
  const [value, whom] = [`hunter-${Date.now()}`, `engine ${Date.now()}`];
  const { id } = await newProject('stages', { Dockerfile: stages }, { tags: ['stages:1'] });

  await page.goto(`${app.url}/projects/${id}/secrets`);
  await page.getByLabel('Name').fill('token');
  await page.getByLabel('Value').fill(value);
  await page.getByRole('button', { name: 'Add secret' }).click();
  await expect(page.getByRole('row', { name: /token/ })).toContainText('available');

  await openView(page, 'Options');
  await page.getByLabel('GREETING').fill('good morning');
  await page.getByLabel('WHOM').fill(whom);
  await page
    .getByLabel('Target', { exact: false })
    .and(page.locator('select'))
    .first()
    .selectOption('checked');
  await page.getByRole('button', { name: 'Add label' }).click();
  await page.getByLabel('Label 1: name').fill('org.example.team');
  await page.getByLabel('Label 1: value').fill('web & more');
  await page.getByRole('button', { name: 'Save options' }).click();
  await expect(toast(page, 'Options saved')).toBeVisible();

  await page.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'stages #1' })).toBeVisible(patient);
  await expectStatus(page, 'Succeeded');
  const greeting = await openStep(page, /RUN echo "/);
  expect(textOf(await readLog(logOf(greeting)))).toBe(`good morning ${whom}`);
  const secret = await openStep(page, /sha256sum/);
  const hash = createHash('sha256').update(value).digest('hex');
  expect(textOf(await readLog(logOf(secret)))).toBe(`${hash}  -`);
  await expect(stepHead(page, /this stage is not asked for/)).toHaveCount(0);
  const inputs = page.getByRole('region', { name: 'Inputs' });
  for (const words of ['checked', 'GREETING=good morning', 'org.example.team=web & more', 'token'])
    await expect(inputs).toContainText(words);

  const image = await inspectImage(engine.address, 'stages:1');
  expect(image?.Config.Labels).toMatchObject({ 'org.example.team': 'web & more' });
  const { text: history } = await askEngine(engine.address, 'GET', '/images/stages:1/history');
  const { text: config } = await askEngine(engine.address, 'GET', '/images/stages:1/json');
  expect(history).toContain('sha256sum');
  for (const text of [history, config, await page.content()]) expect(text).not.toContain(value);
  for (const path of [page.url(), `${app.url}/projects/${id}/secrets`, `${app.url}/projects/${id}/options`]) {
    const answer = await page.request.get(path);
    expect(await answer.text()).not.toContain(value);
  }
  const raw = await page.request.get(page.url().replace('/builds/', '/api/operations/') + '/raw');
  expect(await raw.text()).toContain(hash);
  expect(await raw.text()).not.toContain(value);
});

test('a build again takes its steps from the cache and says so; with changes it takes other options', async ({
  app,
  adminCookie,
  newProject,
  signedInPage: page,
}) => {
  const dockerfile = `FROM busybox\nARG NOTE=${Date.now()}\nRUN echo "noted: $NOTE"\nCOPY page.html /\n`;
  const { id } = await newProject('again', { Dockerfile: dockerfile, 'page.html': 'hello' });
  await openBuild(page, app, await startBuild(app, adminCookie, id));
  await expectStatus(page, 'Succeeded');
  const run = stepHead(page, /noted/);
  await expect(run.getByRole('img', { name: 'Done' })).toBeVisible();

  await page.getByRole('button', { name: 'Build again' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'again #2' })).toBeVisible(patient);
  await expectStatus(page, 'Succeeded');
  await expect(run.getByRole('img', { name: 'Cached' })).toBeVisible();
  await expect(stepHead(page, /COPY page\.html/).getByRole('img', { name: 'Cached' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('2 of 2 cached');

  await page.getByRole('link', { name: 'Build with changes' }).click();
  await expect(page.getByText('Options of build #2')).toBeVisible(patient);
  await page.getByLabel('NOTE').fill('something else');
  await page.getByLabel('Builder').selectOption({ label: 'Classic builder' });
  await page.getByRole('main').locator('form').getByRole('button', { name: 'Build', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'again #3' })).toBeVisible(patient);
  await expectStatus(page, 'Succeeded');
  await expect(page.getByRole('region', { name: 'Inputs' })).toContainText('Classic builder');
  const classic = await openStep(page, /noted/);
  expect(textOf(await readLog(logOf(classic)))).toBe('noted: something else');
  await expect(classic.getByRole('link', { name: 'Dockerfile line 3' })).toBeVisible();
});
