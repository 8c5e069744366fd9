import { callEngine, isReachable } from '@/bin/docker-api.js';
import { expect, test } from './setup/fixtures';
import { newInstallation } from './setup/npm-start';

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

test('npm start starts again what dies, takes over from one that was killed, and stops everything', async ({
  request,
}) => {
  test.setTimeout(300_000);
  const patient = { timeout: 60_000 };
  const installation = await newInstallation();
  const isUp = async (url: string) => (await request.get(url).catch(() => null))?.ok() ?? false;
  const webIsUp = () => isUp(`${installation.url}/api/health`);
  const registryIsUp = () => isUp(`http://${installation.registry}/v2/`);
  let start = installation.start();
  await expect.poll(start.output, { timeout: 120_000 }).toContain('Open ');
  let stateOfContainer = await startContainer(installation.engine());

  await test.step('the web server is killed: containers stay', async () => {
    const { web, engine } = installation.processes();
    process.kill(web, 'SIGKILL');
    await expect
      .poll(start.output, patient)
      .toMatch(/Server +ended with SIGKILL; it is started again in 1 s/);
    await expect.poll(start.output, patient).toMatch(/Server +runs again/);
    expect(await webIsUp()).toBe(true);
    expect(await stateOfContainer()).toBe('running');
    expect(installation.processes().engine).toBe(engine);
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
    expect(await stateOfContainer()).toBe('running');
    expect([await webIsUp(), await registryIsUp()]).toEqual([true, true]);
  });

  await test.step('SIGTERM stops everything', async () => {
    expect(await start.end('SIGTERM')).toBe(0);
    expect(start.output()).toMatch(/Server +stopped\n +Registry +stopped\n +Engine +stopped\n$/);
    expect(await webIsUp()).toBe(false);
    expect(await registryIsUp()).toBe(false);
    expect(await isReachable(installation.engine())).toBe(false);
  });
});
