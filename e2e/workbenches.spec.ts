import { readFileSync } from 'node:fs';
import { askEngine, findProcesses } from './setup/steps-engine';
import { commandOf, screenOf, startBench, type, waitForTerminal } from './setup/terminal';
import { expect, test } from './setup/pages/test';

test('a shell in a container of an image, whose commands are recorded with what they changed', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  test.setTimeout(300_000);
  const name = `bench-${Date.now()}`;
  await page.goto(`${app.url}/images`);
  await startBench(page, app, { name });
  await expect(page.getByRole('heading', { name })).toBeVisible();

  await test.step('a command, its output, its paths', async () => {
    await type(page, 'mkdir /srv && echo hello > /srv/note\n');
    await type(page, 'cat /srv/note\n');
    await expect(screenOf(page)).toContainText('hello');
    const writing = commandOf(page, 'mkdir /srv && echo hello > /srv/note');
    await expect(writing).toContainText('2 paths');
    await expect(commandOf(page, 'cat /srv/note')).toContainText('changed nothing');
    await writing.getByRole('button').click();
    await expect(writing.getByRole('list', { name: 'Changed paths' })).toContainText('/srv/note');
    await expect(writing).toContainText('as root, ash');
  });

  await test.step('several lines, a failure, a variable, a second change of the same file', async () => {
    await type(page, 'for i in 1 2\ndo echo n$i\ndone\n');
    await expect(commandOf(page, 'do echo n$i')).toContainText('for i in 1 2');
    await type(page, 'cd /srv; export COLOUR=blue\n');
    await expect(commandOf(page, 'export COLOUR')).toContainText('COLOUR');
    await type(page, 'ls /nowhere\n');
    await expect(commandOf(page, 'ls /nowhere')).toContainText('exit code 1');
    await type(page, 'echo more >> note\n');
    await expect(commandOf(page, 'echo more >> note')).toContainText('1 path');
    const only = page.getByLabel(/^Only the \d+ that changed something$/);
    await only.check();
    await expect(commandOf(page, 'do echo n$i')).toHaveCount(0);
    await expect(commandOf(page, 'echo more >> note')).toBeVisible();
    await only.uncheck();
  });

  await test.step('a program with a screen of its own', async () => {
    await type(page, 'vi /srv/page\n');
    await type(page, 'i<h1>It works</h1>');
    await page.keyboard.press('Escape');
    await type(page, ':wq\n');
    await expect(commandOf(page, 'vi /srv/page')).toContainText('1 path');
    await type(page, 'cat /srv/page\n');
    await expect(screenOf(page)).toContainText('<h1>It works</h1>');
  });

  await test.step('files go in and out', async () => {
    await page.getByRole('tab', { name: 'Files' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).click();
    await (
      await chooser
    ).setFiles({ name: 'up.txt', mimeType: 'text/plain', buffer: Buffer.from('from here') });
    await expect(page.getByRole('list', { name: 'Files put in' })).toContainText('/srv/up.txt');
    await type(page, 'cat up.txt; echo\n');
    await expect(screenOf(page)).toContainText('from here');
    const download = page.waitForEvent('download');
    await page.getByLabel('Take out').fill('/srv/note');
    await page.getByRole('button', { name: 'Download' }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toBe('hello\nmore\n');
    await page.getByRole('tab', { name: 'Changes' }).click();
    await expect(page.getByRole('tabpanel', { name: 'Changes' })).toContainText('/srv/up.txt');
    await page.getByRole('tab', { name: 'Commands' }).click();
  });

  await test.step('after a reload it is where it was', async () => {
    await page.reload();
    await waitForTerminal(page);
    await expect(screenOf(page)).toContainText('from here');
    await expect(commandOf(page, 'ls /nowhere')).toContainText('exit code 1');
    await type(page, 'echo again-$COLOUR\n');
    await expect(screenOf(page)).toContainText('again-blue');
  });

  await test.step('exit, start again, end, remove', async () => {
    await type(page, 'exit 3\n');
    await expect(page.getByText('Ended with exit code 3')).toBeVisible();
    await expect(commandOf(page, 'exit 3')).toContainText('exit code 3');
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect(page.getByRole('button', { name: 'End', exact: true })).toBeVisible();
    await type(page, 'cat /srv/up.txt; echo\n');
    await expect(commandOf(page, 'cat /srv/up.txt')).toContainText('changed nothing');
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('button', { name: 'End it' }).click();
    await expect(page.getByText(/^Ended with exit code/)).toBeVisible();
    const state = (await askEngine(engine.address, 'GET', `/containers/${name}/json`)).json() as {
      State: { Running: boolean };
    };
    expect(state.State.Running).toBe(false);
  });

  await test.step('the recording is replayed', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Replay the recording' }).click();
    await page.getByRole('link', { name: 'Part 1' }).click();
    const place = page.getByRole('slider', { name: 'Place in the recording' });
    await expect(place).toBeEnabled();
    await place.press('End');
    await expect(page.getByRole('group', { name: 'Recorded terminal' }).locator('.xterm-rows')).toContainText(
      'exit 3',
      { timeout: 90_000 }, // where it is played to its end, it takes as long as the typing did
    );
    await page.goBack();
    await page.goBack();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Remove the container…' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await expect(page.getByText('The container was removed')).toBeVisible();
    expect((await askEngine(engine.address, 'GET', `/containers/${name}/json`)).status).toBe(404);
  });
});

test('a flood does not take the page, Ctrl-C ends it at once, and a kill from outside is told', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const name = `flood-${Date.now()}`;
  await startBench(page, app, { name });
  await type(page, 'yes flood\n');
  await expect(screenOf(page)).toContainText('flood');
  await page.keyboard.press('Control+c');
  await type(page, 'echo calm-again\n');
  await expect(screenOf(page)).toContainText('calm-again', { timeout: 10_000 });
  await expect(commandOf(page, 'yes flood')).toContainText('stopped by Ctrl-C');

  await askEngine(engine.address, 'POST', `/containers/${name}/kill`);
  await expect(page.getByText('Ended with exit code 137')).toBeVisible();
  await askEngine(engine.address, 'DELETE', `/containers/${name}?force=1`);
  await page.reload();
  await expect(page.getByText('The container was removed')).toBeVisible();
});

test('a shell in a running container ends with its terminal, and leaves nothing behind', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const seconds = String(1_000_000_000 + (Date.now() % 1_000_000_000));
  const name = `host-${Date.now()}`;
  const made = await askEngine(engine.address, 'POST', `/containers/create?name=${name}`, {
    Image: 'busybox:latest',
    Cmd: ['sleep', '1000000'],
  });
  expect(made.status, made.text).toBe(201);
  await askEngine(engine.address, 'POST', `/containers/${name}/start`);
  await page.goto(`${app.url}/workbenches/new?container=${name}`);
  await page.getByRole('button', { name: 'Open the shell' }).click();
  await waitForTerminal(page);
  await expect(screenOf(page)).toContainText('# ');
  await type(page, `sleep ${seconds}\n`);
  await expect.poll(() => findProcesses(`sleep\0${seconds}`).length).toBe(1);
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await expect(page.getByRole('button', { name: 'Open a new shell' })).toBeVisible();
  await expect.poll(() => findProcesses(`sleep\0${seconds}`).length).toBe(0);
  const top = (await askEngine(engine.address, 'GET', `/containers/${name}/top`)).json() as {
    Processes: unknown[];
  };
  expect(top.Processes).toHaveLength(1);
  await askEngine(engine.address, 'DELETE', `/containers/${name}?force=1`);
});

test('an image without a shell is said to have none, and is started with a command of its own', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const busybox = (await askEngine(engine.address, 'GET', '/images/busybox:latest/json')).json() as {
    Id: string;
  };
  expect(busybox.Id).toMatch(/^sha256:/);
  const made = await askEngine(engine.address, 'POST', '/containers/create', {
    Image: 'busybox:latest',
    Cmd: ['busybox', 'rm', '/bin/sh', '/bin/ash'],
  });
  const { Id } = made.json() as { Id: string };
  await askEngine(engine.address, 'POST', `/containers/${Id}/start`);
  await askEngine(engine.address, 'POST', `/containers/${Id}/wait`);
  await askEngine(engine.address, 'POST', `/commit?container=${Id}&repo=without-shell`, {});
  await askEngine(engine.address, 'DELETE', `/containers/${Id}`);

  await page.goto(`${app.url}/workbenches/new?image=without-shell`);
  await page.getByRole('button', { name: 'Start the workbench' }).click();
  await expect(page.getByText('This image has no shell.')).toBeVisible();
  await expect(page.getByLabel('Start with')).toHaveValue('command');
  await page.getByLabel('Command', { exact: true }).fill('top');
  await page.getByRole('button', { name: 'Start the workbench' }).click();
  await waitForTerminal(page);
  await expect(screenOf(page)).toContainText('Mem:');
  await expect(page.getByText('This program does not tell its commands')).toBeVisible();
  await type(page, 'q');
  await expect(page.getByText('Ended with exit code 0')).toBeVisible();
  await askEngine(engine.address, 'DELETE', '/images/without-shell?force=1');
});
