import { downloadLines, makeProject, onHost, startBuild } from './setup/faults-builds';
import {
  expectKept,
  isSamePage,
  lostConnection,
  markPage,
  reason,
  runLog,
  stateMark,
  watchChatter,
  watchPush,
} from './setup/faults-pages';
import { isRunning } from './setup/faults-processes';
import { drawnText, shownLines } from './setup/faults-shown-lines';
import { makeEngineSocket } from './setup/faults-sockets';
import { expect, test } from './setup/faults-test';
import { openViewer } from './setup/faults-viewers';
import { cookieOf } from './setup/pages/test';
import { setUp } from './setup/sign-in';

/** A name that the registry has not had. */
const newName = (host: string, name: string) => `${host}/interrupted/${name}-${Date.now()}:1`;
const engineAway = 'The Docker Engine is unreachable';
/** Root gets in everywhere; without this right it is as everybody else is. */
const withoutRightsOverFiles = [
  'setpriv',
  '--bounding-set=-dac_override,-dac_read_search',
  '--inh-caps=-dac_override,-dac_read_search',
];

test.describe('the engine', () => {
  test('that is killed in the middle of a build fails it within seconds, and every line stays', async ({
    page,
    shaky,
    breakableEngine,
    gates,
  }) => {
    test.setTimeout(180_000);
    await page.context().addCookies(shaky.cookies);
    const { build } = await watchChatter(page, shaky, 'engine-killed', gates.url('go'));
    await breakableEngine.kill();
    await expect(stateMark(page, 'Failed')).toBeVisible({ timeout: 10_000 });
    await expect(reason(page)).toContainText('The connection to the engine was lost at step');
    const shown = await drawnText(runLog(page));
    await expect(page.getByText(engineAway)).toBeVisible({ timeout: 10_000 });

    await test.step('the history still reads', async () => {
      await page.reload();
      await expect(stateMark(page, 'Failed')).toBeVisible();
      await expect(page.getByText(engineAway)).toBeVisible();
      await expectKept(shown, shaky, build);
      for (const text of [...shown.values()].slice(-10)) await expect(runLog(page)).toContainText(text);
      await page.goto(`${shaky.app.url}/builds`);
      await expect(page.getByRole('row', { name: /engine-killed/ })).toContainText('Failed');
    });

    await test.step('the engine comes back, and the page notices by itself', async () => {
      await page.goto(`${shaky.app.url}/builds/${build}`);
      await expect(page.getByText(engineAway)).toBeVisible();
      await markPage(page);
      await breakableEngine.restart();
      await expect(page.getByText(engineAway)).toBeHidden({ timeout: 20_000 });
      expect(await isSamePage(page)).toBe(true);
    });

    await test.step('the build can be started again', async () => {
      gates.open('go');
      await page.getByRole('button', { name: 'Build again' }).click();
      await expect(page).not.toHaveURL(new RegExp(build));
      await expect(stateMark(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
    });
  });

  test('that is restarted in the middle of a build says so, and the queue goes on by itself', async ({
    page,
    shaky,
    breakableEngine,
    gates,
  }) => {
    test.setTimeout(180_000);
    await page.context().addCookies(shaky.cookies);
    await watchChatter(page, shaky, 'engine-restarted', gates.url('never'));
    const next = await makeProject(shaky, 'comes-next', `FROM busybox\nRUN : ${Date.now()}\n`, onHost);
    const queued = await startBuild(shaky, next);

    await breakableEngine.stop();
    await expect(stateMark(page, 'Failed')).toBeVisible({ timeout: 10_000 });
    await expect(reason(page)).toContainText(/The connection to the engine was lost|engine/);
    await page.goto(`${shaky.app.url}/builds/${queued}`);
    await expect(stateMark(page, 'Queued')).toBeVisible();
    await expect(page.getByText(engineAway)).toBeVisible({ timeout: 10_000 });
    await breakableEngine.restart();
    await expect(stateMark(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
  });

  test('that goes away while nobody builds leaves pages to read, which come back by themselves', async ({
    page,
    shaky,
    breakableEngine,
  }) => {
    test.setTimeout(180_000);
    await page.context().addCookies(shaky.cookies);
    await page.goto(`${shaky.app.url}/images`);
    await expect(page.getByRole('row', { name: /busybox/ })).toBeVisible();
    await markPage(page);
    await breakableEngine.stop();
    await expect(page.getByText(engineAway)).toBeVisible({ timeout: 15_000 });
    await expect(page.getByText('The engine cannot be reached.')).toBeVisible();
    await expect(page.getByRole('row', { name: /busybox/ })).toBeVisible();

    await page.getByRole('link', { name: 'Builds' }).first().click();
    await expect(page.getByRole('heading', { name: 'Builds', level: 1 })).toBeVisible();
    await page.getByRole('link', { name: /^Engine/ }).click();
    await expect(page.getByRole('main')).toContainText('There is no engine at');
    await page.getByRole('link', { name: 'Images' }).first().click();
    await expect(page.getByText('The engine cannot be reached.')).toBeVisible();

    await breakableEngine.restart();
    await expect(page.getByText(engineAway)).toBeHidden({ timeout: 20_000 });
    await expect(page.getByText('The engine cannot be reached.')).toBeHidden();
    expect(await isSamePage(page)).toBe(true);
  });

  test('that hangs is said to, and a build goes on with it, without a line missing', async ({
    page,
    shaky,
    breakableEngine,
    gates,
  }) => {
    test.setTimeout(180_000);
    await page.context().addCookies(shaky.cookies);
    const { marker, build } = await watchChatter(page, shaky, 'engine-hangs', gates.url('go'));
    const silent = page.getByText('The Docker Engine is not answering');
    process.kill(breakableEngine.pid(), 'SIGSTOP');
    try {
      await expect(silent).toBeVisible({ timeout: 20_000 });
      await expect(stateMark(page, 'Running')).toBeVisible();
    } finally {
      process.kill(breakableEngine.pid(), 'SIGCONT');
    }
    await expect(silent).toBeHidden({ timeout: 20_000 });
    gates.open('go');
    await expect(stateMark(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
    const lines = await downloadLines(shaky, build);
    expect(lines.pop()).toBe(`the end of ${marker}`);
    expect(lines).toEqual(lines.map((_, index) => `line ${index + 1} of ${marker}`));
  });

  test('that is not there, is too old or refuses permission is named, with what to do about it', async ({
    page,
    startApp,
    engine,
  }) => {
    test.setTimeout(180_000);
    const socket = makeEngineSocket();
    const app = await startApp({ engine: socket.address, through: withoutRightsOverFiles });
    await setUp(page, app);
    const main = page.getByRole('main');

    await test.step('none at all', async () => {
      await expect(page.getByText(engineAway)).toBeVisible();
      await page.goto(`${app.url}/images`);
      await expect(main.getByRole('alert')).toContainText('sudo systemctl start docker');
      await page.goto(`${app.url}/engine`);
      await expect(main).toContainText(`There is no engine at ${socket.address}.`);
    });

    await test.step('too old', async () => {
      await socket.putOld();
      await expect(page.getByText('The Docker Engine is too old')).toBeVisible({ timeout: 20_000 });
      await expect(main).toContainText('version 17.06.2-ce, API 1.30');
      await expect(main).toContainText('Install Docker Engine 20.10 or newer.');
    });

    await test.step('permission denied', async () => {
      await socket.deny();
      await expect(page.getByText('The Docker Engine denies access')).toBeVisible({ timeout: 20_000 });
      await expect(main).toContainText('Permission denied on');
      await expect(main).toContainText('The socket belongs to group root (gid 0)');
    });

    await test.step('as it should be', async () => {
      await socket.put(engine.address);
      await expect(page.getByText('The Docker Engine denies access')).toBeHidden({ timeout: 20_000 });
      await expect(main.getByText('Data root', { exact: true })).toBeVisible();
    });
    await socket.remove();
  });
});

test.describe('the server', () => {
  test('that is killed in the middle of a build says so afterwards, and every line that was shown is kept', async ({
    page,
    mortal,
    gates,
    quietPages,
  }) => {
    test.setTimeout(180_000);
    quietPages.expectErrors(lostConnection);
    await page.context().addCookies(mortal.cookies);
    const { marker, build } = await watchChatter(page, mortal, 'server-killed', gates.url('go'));
    expect(isRunning(marker)).toBe(true);
    await markPage(page);
    await mortal.app.kill();
    await expect(page.getByText('Connection to the server lost')).toBeVisible();
    const shown = await drawnText(runLog(page));
    await expect.poll(() => isRunning(marker), 'the command ends with its client').toBe(false);

    await mortal.app.start();
    await expect(stateMark(page, 'Interrupted')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('Connection to the server lost')).toBeHidden();
    await expect(reason(page)).toContainText('the server stopped while this ran');
    expect(await isSamePage(page)).toBe(true);
    await expectKept(shown, mortal, build);

    gates.open('go');
    await page.getByRole('button', { name: 'Build again' }).click();
    await expect(page).not.toHaveURL(new RegExp(build));
    await expect(stateMark(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
  });

  test('that is stopped in the middle ends within seconds, and afterwards goes on with its queue in order', async ({
    page,
    mortal,
    gates,
    quietPages,
  }) => {
    test.setTimeout(180_000);
    quietPages.expectErrors(lostConnection);
    await page.context().addCookies(mortal.cookies);
    const { app } = mortal;
    const waits = (name: string) => `FROM busybox\nRUN : ${Date.now()}; wget -qO- ${gates.url(name)}\n`;
    const second = await makeProject(mortal, 'second', waits('second'), onHost);
    const third = await makeProject(mortal, 'third', waits('third'), onHost);
    const { marker } = await watchChatter(page, mortal, 'first', gates.url('first'));
    for (const project of [second, third]) await startBuild(mortal, project);

    const asked = Date.now();
    await app.stop();
    expect(Date.now() - asked).toBeLessThan(10_000);
    await expect.poll(() => isRunning(marker)).toBe(false);

    await app.start();
    await expect(stateMark(page, 'Interrupted')).toBeVisible({ timeout: 30_000 });
    // Its own words for an orderly end; a start that finds a build without one has others.
    await expect(reason(page)).toContainText('the server was stopped while this ran');
    await gates.reached('second');
    expect(gates.order()).toEqual(['first', 'second']);
    gates.open('second');
    await gates.reached('third');
    gates.open('third');
    await page.goto(`${app.url}/builds`);
    await expect(page.getByRole('row', { name: /third/ })).toContainText('Succeeded');
    await expect(page.getByRole('row', { name: /second/ })).toContainText('Succeeded');
  });

  test('that is killed in the middle of a push finds out what became of it', async ({
    page,
    mortal,
    registry,
    wireTo,
    quietPages,
  }) => {
    test.setTimeout(180_000);
    quietPages.expectErrors(lostConnection);
    await page.context().addCookies(mortal.cookies);
    const { app } = mortal;
    const wire = await wireTo(registry.host);

    await test.step('not pushed, where it had not got so far', async () => {
      const layer = wire.hold(/^PATCH /);
      await watchPush(page, mortal, newName(wire.host, 'early'));
      await layer.reached;
      await expect(stateMark(page, 'Running')).toBeVisible();
      await app.kill();
      await app.start();
      await expect(stateMark(page, 'Interrupted')).toBeVisible({ timeout: 30_000 });
      await expect(reason(page)).toContainText(
        `${wire.host} has not got the image under this tag. Push again`,
      );
      layer.release();
      await page.getByRole('button', { name: 'Push again' }).click();
      await expect(stateMark(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
    });

    await test.step('pushed, where the registry has it', async () => {
      const manifest = wire.hold(/^PUT .*\/manifests\//, 'answer');
      await watchPush(page, mortal, newName(wire.host, 'late'));
      await manifest.reached;
      await app.kill();
      await app.start();
      manifest.release();
      await expect(stateMark(page, 'Succeeded')).toBeVisible({ timeout: 30_000 });
      await expect(page.getByText('Digest verified by the registry')).toBeVisible();
    });
  });
});

test.describe('a registry that dies in the middle of a push', () => {
  test('and comes back gets the rest, and the push says pushed', async ({
    page,
    shared,
    signedInPage,
    registry,
    wireTo,
  }) => {
    test.setTimeout(120_000);
    await expect(signedInPage).toHaveURL(/./);
    const wire = await wireTo(registry.host);
    const layer = wire.hold(/^PATCH /);
    await watchPush(page, shared, newName(wire.host, 'once'));
    await layer.reached;
    await wire.break();
    await expect(page.getByText(/^Retrying in/).first()).toBeVisible({ timeout: 30_000 });
    layer.release();
    await wire.mend();
    await expect(stateMark(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('Digest verified by the registry')).toBeVisible();
  });

  test('and stays away is named, and the push can be made again', async ({
    page,
    shared,
    signedInPage,
    registry,
    wireTo,
  }) => {
    test.setTimeout(120_000);
    await expect(signedInPage).toHaveURL(/./);
    const wire = await wireTo(registry.host);
    const manifest = wire.hold(/^PUT .*\/manifests\//);
    await watchPush(page, shared, newName(wire.host, 'for-good'));
    await manifest.reached;
    await wire.break();
    await expect(stateMark(page, 'Failed')).toBeVisible({ timeout: 60_000 });
    await expect(reason(page)).toContainText(`Connection refused by ${wire.host}.`);
    manifest.release();
    await wire.mend();
    await page.getByRole('button', { name: 'Push again' }).click();
    await expect(stateMark(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
  });
});

test.describe('who watches', () => {
  test('a page whose network goes away says so, and has every line once when it is back', async ({
    page,
    startBehindRelay,
    gates,
    quietPages,
  }) => {
    test.setTimeout(180_000);
    quietPages.expectErrors(lostConnection);
    const { app, relay } = await startBehindRelay();
    await setUp(page, app);
    const who = { app, cookie: await cookieOf(page.context(), app) };
    const part = (from: number, to: number) => `for i in $(seq ${from} ${to}); do echo "line $i"; done`;
    const wait = (gate: string) => `wget -qO- ${gates.url(gate)}`;
    const commands = [part(1, 60), wait('away'), part(61, 120), wait('back'), part(121, 180)].join('; ');
    const dockerfile = `FROM busybox\nRUN : ${Date.now()}; ${commands}\n`;
    const project = await makeProject(who, 'offline', dockerfile, onHost);
    const build = await startBuild(who, project);
    await page.goto(`${relay.url}/builds/${build}`);
    const log = runLog(page);
    await expect(log.getByText('line 60', { exact: true })).toBeVisible({ timeout: 60_000 });

    // What the browser does by itself leaves connections that are open as they are; a network that goes takes them along.
    await page.context().setOffline(true);
    relay.cut();
    const lost = page.getByText('Connection to the server lost');
    await expect(lost).toBeVisible();
    gates.open('away');
    await gates.reached('back');
    expect([...(await drawnText(log)).values()].at(-1)).toBe('line 60');

    relay.mend();
    await page.context().setOffline(false);
    await expect(lost).toBeHidden({ timeout: 30_000 });
    await expect(log.getByText('line 120', { exact: true })).toBeVisible();
    gates.open('back');
    await expect(stateMark(page, 'Succeeded')).toBeVisible();
    await page.getByRole('button', { name: /RUN/, expanded: false }).click();
    const kept = await downloadLines(who, build);
    expect(kept).toEqual(kept.map((_, index) => `line ${index + 1}`));
    expect(kept).toHaveLength(180);
    expect(await shownLines(log, 180)).toEqual(kept);
    await expect(page.getByText('180 lines', { exact: true })).toBeVisible();
  });

  test('a build twenty at a time is told exactly the same, however late or slow', async ({
    shared,
    gates,
  }) => {
    test.setTimeout(180_000);
    // In all below the engine's limit: bin/log-limits.js.
    const filler = 'x'.repeat(90);
    const part = (from: number, to: number) => `seq ${from} ${to} | sed 's/$/ ${filler}/'`;
    const commands = `${part(1, 6000)}; wget -qO- ${gates.url('half')}; ${part(6001, 12_000)}`;
    const dockerfile = `FROM busybox\nRUN : ${Date.now()}; ${commands}\n`;
    const project = await makeProject(shared, 'watched', dockerfile, onHost);
    const build = await startBuild(shared, project);
    const open = (count: number) =>
      Promise.all(Array.from({ length: count }, () => openViewer(shared, build)));

    const slow = await openViewer(shared, build);
    slow.pause();
    const early = await open(10);
    await gates.reached('half');
    const late = await open(9);
    gates.open('half');
    const others = [...early, ...late];
    await Promise.all(others.map(({ ended }) => ended));
    const last = await openViewer(shared, build);
    await last.ended;

    const all = JSON.stringify(last.events);
    expect(last.events.map(({ seq }) => seq)).toEqual(last.events.map((_, index) => index + 1));
    expect(last.events.at(-1)).toMatchObject({ type: 'end', status: 'succeeded' });
    expect(others.filter(({ events }) => JSON.stringify(events) !== all)).toEqual([]);
    expect(slow.events.length, 'the slow one has not held up the others').toBeLessThan(last.events.length);
    slow.resume();
    await slow.ended;
    expect(JSON.stringify(slow.events) === all).toBe(true);
    expect(await downloadLines(shared, build)).toHaveLength(12_000);
  });
});
