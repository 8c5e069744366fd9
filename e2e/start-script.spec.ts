import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { callEngine, isReachable } from '@/bin/docker-api.js';
import { startRegistry } from '@/bin/registry.js';
import { makeProject, startBuild, startPush } from './setup/faults-builds';
import { stateMark } from './setup/faults-pages';
import { expect, test } from './setup/fixtures';
import { askBlob, pushBlob } from './setup/local-registry';
import { newInstallation } from './setup/npm-start';
import { giveAllToRoot, ownersOf, readAs, statusOf, webUser } from './setup/owners';
import { connectionOf } from './setup/pages/registries';
import { call } from './setup/pages/server-actions';
import { cookieOf } from './setup/pages/test';
import { setUp } from './setup/sign-in';

/** Runs a container of busybox that stays; its state. */
async function startContainer(address: string) {
  const body = Buffer.from(JSON.stringify({ Image: 'busybox:latest', Cmd: ['sleep', '600'] }));
  const created = await callEngine(address, '/containers/create?name=stays', {
    method: 'POST',
    body,
    type: 'application/json',
  });
  expect(created.status).toBe(201);
  expect((await callEngine(address, '/containers/stays/start', { method: 'POST' })).status).toBe(204);
  return async () => {
    const { text } = await callEngine(address, '/containers/stays/json');
    return (JSON.parse(text) as { State: { Status: string } }).State.Status;
  };
}

const nobody = 65_534;

/** A variable of a process. */
const environmentOf = (pid: number, name: string) =>
  readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .find((line) => line.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? '';

/** What an administrator reads on the page of the local registry. */
async function readLogin(page: Page, url: string) {
  await page.goto(`${url}/registries`);
  await page.getByRole('link', { name: 'Local registry' }).click();
  await expect(connectionOf(page)).toContainText(
    'accepts the login over plain HTTP. The engine reaches it too.',
  );
  await page.getByRole('button', { name: 'Show password' }).click();
  const text = async (label: string) =>
    (await page.getByRole('button', { name: label }).textContent())?.trim() ?? '';
  return { command: await text('Copy command'), password: await text('Copy password') };
}

test('npm start starts again what dies, takes over from one that was killed, and stops everything', async ({
  page,
  request,
}) => {
  test.setTimeout(400_000);
  const patient = { timeout: 60_000 };
  const installation = await newInstallation();
  const isUp = async (url: string) => (await request.get(url).catch(() => null))?.ok() ?? false;
  const webIsUp = () => isUp(`${installation.url}/api/health`);
  let login = '';
  const registryIsUp = async () => (await askBlob(installation.registry, digest, login)) === 200;

  // As an earlier version left it: without a login.
  const open = await startRegistry(installation.registryPlace);
  const digest = await pushBlob(open.host);
  await open.stop();
  let start = installation.start();
  await expect.poll(start.output, { timeout: 120_000 }).toContain('Open ');
  let stateOfContainer = await startContainer(installation.engine());

  await test.step('the registry keeps what it had, and has a login that the app uses', async () => {
    const { url, registry } = installation;
    await setUp(page, { url, setupLink: start.setupLink });
    const { command, password } = await readLogin(page, url);
    expect(command).toBe(`docker login --username layerwright ${registry}`);
    login = `layerwright:${password}`;
    expect(await askBlob(registry, digest)).toBe(401);
    expect(await askBlob(registry, digest, 'layerwright:wrong')).toBe(401);
    expect(await askBlob(registry, digest, login)).toBe(200);

    const who = { app: { url }, cookie: await cookieOf(page.context(), { url }) };
    const reference = `${registry}/team/base:1`;
    await page.goto(`${url}/pushes/${await startPush(who, 'busybox:latest', reference)}`);
    await expect(stateMark(page, 'Succeeded')).toBeVisible(patient);
    await callEngine(installation.engine(), `/images/${reference}`, { method: 'DELETE' });
    const project = await makeProject(who, 'on-local', `FROM ${reference}\nRUN true\n`, { pull: true });
    await page.goto(`${url}/builds/${await startBuild(who, project)}`);
    await expect(stateMark(page, 'Succeeded')).toBeVisible(patient);
    await page.goto('about:blank'); // the server is killed next
  });

  await test.step('the web process is an ordinary user, and each part of the data is for its owner alone', async () => {
    const { web, registry } = installation.processes();
    const nothing = { Groups: '', CapEff: '0000000000000000', CapBnd: '0000000000000000', NoNewPrivs: '1' };
    expect(statusOf(web)).toEqual({ ...nothing, Uid: webUser, Gid: webUser });
    expect(statusOf(registry)).toMatchObject(nothing);
    expect(['0', String(webUser)]).not.toContain(String(statusOf(registry).Uid));
    const { data } = installation;
    const file = (name: string) => path.join(data, name);
    const engine = installation.engine().replace('unix://', '');
    const gate = environmentOf(web, 'LAYERWRIGHT_GATE').replace('unix://', '');
    const [store, password] = [file('registry/store/docker'), file('registry/login/htpasswd')];
    const ofWeb = [file('keys/master.key'), file('layerwright.db'), gate, password];
    const ofOthers = [engine, file('engine/root'), file('gate/gate.log'), file('logs'), store];
    for (const name of [...ofWeb, ...ofOthers]) {
      expect(readAs(webUser, name), `${name} as user ${webUser}`).toBe(
        ofWeb.includes(name) ? 'ok' : 'EACCES',
      );
      expect(readAs(nobody, name), `${name} as nobody`).toBe('EACCES');
    }
  });

  await test.step('the web server is killed: containers stay', async () => {
    const { web, engine } = installation.processes();
    process.kill(web, 'SIGKILL');
    await expect
      .poll(start.output, patient)
      .toMatch(/Server +ended with SIGKILL; it is started again in 1 s/);
    await expect.poll(start.output, patient).toMatch(/Server +runs again/);
    expect(await webIsUp()).toBe(true);
    expect(statusOf(installation.processes().web).Uid).toBe(webUser);
    expect(await stateOfContainer()).toBe('running');
    expect(installation.processes().engine).toBe(engine);
  });

  await test.step('the web server dials the gate, which keeps the host and is restarted', async () => {
    const { web, gate } = installation.processes();
    const address = environmentOf(web, 'LAYERWRIGHT_GATE');
    const body = Buffer.from(JSON.stringify({ Image: 'busybox:latest', HostConfig: { Privileged: true } }));
    const call = { method: 'POST', body, type: 'application/json' };
    expect((await callEngine(address, '/containers/create', call)).status).toBe(403);
    expect(readFileSync(installation.gateLog, 'utf8')).toContain('Refused: POST "/containers/create"');
    process.kill(gate, 'SIGKILL');
    await expect.poll(start.output, patient).toMatch(/Gate +runs again/);
    expect(await isReachable(address)).toBe(true);
    expect(installation.processes().web).toBe(web);
  });

  await test.step('the registry and the engine are killed', async () => {
    const { web, engine, registry } = installation.processes();
    process.kill(registry, 'SIGKILL');
    process.kill(engine, 'SIGKILL');
    await expect.poll(start.output, patient).toMatch(/Registry +runs again/);
    await expect.poll(start.output, patient).toMatch(/Engine +runs again/);
    expect(await registryIsUp()).toBe(true);
    expect(await isReachable(installation.engine())).toBe(true);
    expect(installation.processes().web).toBe(web);
    await callEngine(installation.engine(), '/containers/stays?force=1', { method: 'DELETE' });
    stateOfContainer = await startContainer(installation.engine());
  });

  await test.step('npm start itself is killed, and started again', async () => {
    const before = installation.processes();
    await start.end('SIGKILL');
    expect(await webIsUp()).toBe(true);
    start = installation.start();
    await expect.poll(start.output, { timeout: 120_000 }).toMatch(/Open |Failed /);
    expect(start.output()).not.toContain('Failed');
    expect(start.output()).toContain('still runs from before');
    const after = installation.processes();
    expect(after.engine).toBe(before.engine);
    expect(after.web).not.toBe(before.web);
    expect(statusOf(after.web).Uid).toBe(webUser);
    expect(await stateOfContainer()).toBe('running');
    expect([await webIsUp(), await registryIsUp()]).toEqual([true, true]);
  });

  await test.step('a backup is made and restored, and an older version’s data are taken over', async () => {
    const { url, data } = installation;
    const who = { url };
    const cookie = await cookieOf(page.context(), who);
    const { name } = await call<{ name: string }>(who, cookie, 'makeBackup', undefined);
    expect(await start.end('SIGTERM')).toBe(0);
    expect(await installation.restore(name)).toContain('Restored');
    expect(ownersOf(data, ['layerwright.db', `backups/${name}`])).toEqual([webUser, webUser]);
    giveAllToRoot(data);
    start = installation.start();
    await expect.poll(start.output, { timeout: 120_000 }).toMatch(/Open |Failed /);
    expect(start.output()).toContain(`is given to user ${webUser}`);
    expect(ownersOf(data, ['layerwright.db', 'keys/master.key', 'engine'])).toEqual([webUser, webUser, 0]);
    expect(await registryIsUp()).toBe(true);
    await page.goto(`${url}/projects`);
    await expect(page.getByRole('link', { name: 'on-local' })).toBeVisible(patient);
    await page.goto('about:blank');
  });

  await test.step('SIGTERM stops everything', async () => {
    expect(await start.end('SIGTERM')).toBe(0);
    expect(start.output()).not.toMatch(/EACCES|EPERM|EROFS/);
    expect(start.output()).toMatch(
      /Server +stopped\n +Registry +stopped\n +Gate +stopped\n +Engine +stopped\n$/,
    );
    expect(await webIsUp()).toBe(false);
    expect(await registryIsUp()).toBe(false);
    expect(await isReachable(installation.engine())).toBe(false);
  });
});
