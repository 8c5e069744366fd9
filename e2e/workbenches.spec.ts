import { readFileSync } from 'node:fs';
import { lostConnection } from './setup/faults-pages';
import { accountOf, addUser, signedIn } from './setup/pages/accounts';
import { cookieOf } from './setup/pages/test';
import { setUp } from './setup/sign-in';
import { askEngine, findProcesses } from './setup/steps-engine';
import { commandOf, exitShell, screenOf, startBench, type, waitForTerminal } from './setup/terminal';
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
    const only = page.getByLabel(/^Only the \d+ with changes$/);
    await only.check();
    await expect(commandOf(page, 'do echo n$i')).toHaveCount(0);
    await expect(commandOf(page, 'echo more >> note')).toBeVisible();
    await only.uncheck();
  });

  await test.step('a program with a screen of its own', async () => {
    await type(page, 'vi /srv/page\n');
    await expect(screenOf(page)).toContainText('~'); // vi drops what was typed before it had the terminal
    await type(page, 'i<h1>It works</h1>');
    await expect(screenOf(page)).toContainText('<h1>It works</h1>');
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
    await expect(page.getByRole('list', { name: 'Copied files' })).toContainText('/srv/up.txt');
    await type(page, 'cat up.txt; echo\n');
    await expect(screenOf(page)).toContainText('from here');
    const download = page.waitForEvent('download');
    await page.getByLabel('Path to download').fill('/srv/note');
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
    await expect(page.getByText('Exited with code 3')).toBeVisible();
    await expect(commandOf(page, 'exit 3')).toContainText('exit code 3');
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect(page.getByRole('button', { name: 'End', exact: true })).toBeVisible();
    await type(page, 'cat /srv/up.txt; echo\n');
    await expect(commandOf(page, 'cat /srv/up.txt')).toContainText('changed nothing');
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('button', { name: 'End it' }).click();
    await expect(page.getByText(/^Exited with code/)).toBeVisible();
    const state = (await askEngine(engine.address, 'GET', `/containers/${name}/json`)).json() as {
      State: { Running: boolean };
    };
    expect(state.State.Running).toBe(false);
  });

  await test.step('the recording is replayed', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Replay the recording' }).click();
    await page.getByRole('link', { name: 'Part 1' }).click();
    const place = page.getByRole('slider', { name: 'Playback position' });
    await expect(place).toBeEnabled();
    const rows = page.getByRole('group', { name: 'Recorded terminal' }).locator('.xterm-rows');
    await expect(async () => {
      await place.press('End'); // once more, where the page was not ready for keys
      await expect(rows).toContainText('exit 3', { timeout: 2000 });
    }).toPass();
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
  await expect(page.getByText('Exited with code 137')).toBeVisible();
  await askEngine(engine.address, 'DELETE', `/containers/${name}?force=1`);
  await page.reload();
  await expect(page.getByText('The container was removed')).toBeVisible();
});

test('two people watch one terminal and hand over the keyboard; a viewer only watches', async ({
  app,
  adminCookie,
  signedInPage: page,
  newPerson,
}) => {
  test.setTimeout(180_000);
  const id = await startBench(page, app);
  await addUser(app, adminCookie, 'greta', 'builder');
  const { page: hers } = await signedIn(await newPerson(), app, accountOf('greta'));
  await hers.goto(`${app.url}/workbenches/${id}`);
  await waitForTerminal(hers);
  await type(page, 'echo seen-by-both\n');
  await expect(screenOf(hers)).toContainText('seen-by-both');
  await expect(hers.getByText('admin has the keyboard.')).toBeVisible();
  await type(hers, 'echo not-hers');
  await expect(hers.getByText('Not typed: echo not-hers')).toBeVisible();
  await hers.getByRole('button', { name: 'Take over' }).click();
  await expect(page.getByText('greta has the keyboard.')).toBeVisible();
  await type(hers, 'echo greta-types\n');
  await expect(screenOf(page)).toContainText('greta-types');
  await expect(commandOf(page, 'echo greta-types')).toHaveCount(1);

  await addUser(app, adminCookie, 'wanda', 'viewer');
  const { page: watcher } = await signedIn(await newPerson(), app, accountOf('wanda'));
  await watcher.goto(`${app.url}/workbenches/${id}`);
  await expect(watcher.getByText('Read-only: your role may not type here.')).toBeVisible();
  await expect(screenOf(watcher)).toContainText('greta-types');
  await expect(screenOf(watcher)).not.toContainText('not-hers');
  await expect(watcher.getByRole('button', { name: 'Take over' })).toHaveCount(0);
  await expect(watcher.getByRole('button', { name: 'End', exact: true })).toHaveCount(0);

  await page.getByRole('button', { name: 'Take over' }).click();
  await expect(hers.getByText('admin has the keyboard.')).toBeVisible();
  await type(page, 'exit\n');
  for (const one of [page, hers, watcher]) await expect(one.getByText('Exited with code 0')).toBeVisible();
});

test('nothing typed is lost when the network goes or the server is killed, and the terminal goes on', async ({
  page,
  newPerson,
  startBehindRelay,
  quietPages,
}) => {
  test.setTimeout(180_000);
  quietPages.expectErrors(lostConnection);
  const { app, direct, relay } = await startBehindRelay();
  await setUp(page, app);
  const id = await startBench(page, app);
  await type(page, 'echo before\n');
  await expect(screenOf(page)).toContainText('before');

  await test.step('typed without a network', async () => {
    relay.cut();
    await type(page, 'cd /bin; echo typed-without-network\n');
    await expect(page.getByText('Connection lost. Input is kept')).toBeVisible();
    relay.mend();
    const command = commandOf(page, 'echo typed-without-network');
    await expect(command).toContainText('changed nothing');
    await expect(command).toHaveCount(1);
  });

  await test.step('typed without a server, in the middle of a line', async () => {
    await type(page, 'echo half');
    await expect(screenOf(page)).toContainText('echo half');
    await app.kill();
    await type(page, '-a-line; pwd\n');
    await app.start();
    const command = commandOf(page, 'echo half-a-line; pwd');
    await expect(command).toContainText('changed nothing');
    await expect(command).toHaveCount(1);
    await command.getByRole('button').click();
    await expect(command).toContainText('in /bin as root, ash');
    await page.reload();
    await waitForTerminal(page);
    for (const text of ['before', 'half-a-line', '/bin #']) await expect(screenOf(page)).toContainText(text);
    await app.stop();
    await type(page, 'echo goes-on\n');
    await app.start();
    await expect(commandOf(page, 'echo goes-on')).toContainText('changed nothing');
    await expect(commandOf(page, 'echo goes-on')).toHaveCount(1);
  });

  await test.step('the keyboard was handed over meanwhile', async () => {
    await addUser(direct, await cookieOf(page.context(), direct), 'greta', 'builder');
    const { page: hers } = await signedIn(await newPerson(), direct, accountOf('greta'));
    await hers.goto(`${direct.url}/workbenches/${id}`);
    await waitForTerminal(hers);
    await expect(hers.getByText('admin has the keyboard.')).toBeVisible();
    relay.cut();
    await type(page, 'rm -r /etc\n');
    await hers.getByRole('button', { name: 'Take over' }).click();
    await type(hers, 'ls -d /etc\n');
    await expect(commandOf(hers, 'ls -d /etc')).toContainText('changed nothing');
    relay.mend();
    await expect(page.getByText('greta has the keyboard.')).toBeVisible();
    await expect(page.getByText('Not typed: rm -r /etc')).toBeVisible();
    await expect(commandOf(hers, 'rm -r /etc')).toHaveCount(0);
    await type(hers, 'exit\n');
    await expect(page.getByText('Exited with code 0')).toBeVisible();
  });
});

test('an engine that is restarted ends the shell; the container is started again with what was made in it', async ({
  page,
  breakableEngine,
  startApp,
}) => {
  test.setTimeout(180_000);
  const app = await startApp({ engine: breakableEngine.address });
  await setUp(page, app);
  await startBench(page, app);
  await type(page, 'echo kept > /note\n');
  await expect(commandOf(page, 'echo kept')).toContainText('1 path');
  await breakableEngine.restart();
  await expect(page.getByText(/^Exited with code/)).toBeVisible();
  await type(page, 'x');
  await expect(page.getByText('Not typed: x')).toBeVisible();
  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(page.getByRole('button', { name: 'End', exact: true })).toBeVisible();
  await type(page, 'cat /note; rm /note\n');
  await expect(commandOf(page, 'cat /note; rm /note')).toContainText('1 path');
  await expect(commandOf(page, 'echo kept')).toHaveCount(1);
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
  await expect(page.getByText('This program does not support recording')).toBeVisible();
  await type(page, 'q');
  await expect(page.getByText('Exited with code 0')).toBeVisible();
  await askEngine(engine.address, 'DELETE', '/images/without-shell?force=1');
});

test('a workbench is isolated as its form says, beside what the engine does by default', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const name = `isolated-${Date.now()}`;
  await page.goto(`${app.url}/workbenches/new`);
  await expect(page.getByText('isolated by the engine’s default:')).toContainText(
    /seccomp|no security profile/,
  );
  await page.getByLabel('Image').fill('busybox:latest');
  await page.getByLabel('Name (optional)').fill(name);
  await page.getByLabel('Processes').fill('64');
  await page.getByLabel('Read-only root file system').check();
  await page.getByRole('textbox', { name: 'Writable paths' }).fill('/tmp run');
  await page.getByLabel('Drop all capabilities').check();
  await page.getByRole('button', { name: 'Start the workbench' }).click();
  await expect(page.getByRole('textbox', { name: 'Writable paths' })).toHaveAccessibleDescription(
    /Absolute paths/,
  );
  await page.getByRole('textbox', { name: 'Writable paths' }).fill('/tmp /run');
  await page.getByRole('button', { name: 'Start the workbench' }).click();
  await waitForTerminal(page);
  await expect(screenOf(page)).toContainText(/[#$] /, { timeout: 30_000 });
  await type(page, 'touch /run/x && touch /x\n');
  await expect(screenOf(page)).toContainText('Read-only file system');
  const { HostConfig: host } = (
    await askEngine(engine.address, 'GET', `/containers/${name}/json`)
  ).json() as { HostConfig: Record<string, unknown> };
  expect(host).toMatchObject({
    PidsLimit: 64,
    ReadonlyRootfs: true,
    Tmpfs: { '/tmp': '', '/run': '' },
    CapDrop: ['ALL'],
  });
  await exitShell(page);
  await askEngine(engine.address, 'DELETE', `/containers/${name}?force=1`);
});
