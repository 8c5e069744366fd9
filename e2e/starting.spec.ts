import { expect, test } from './setup/fixtures';

test('a new installation asks for the code of its link, and nobody else gets in', async ({
  page,
  startApp,
}) => {
  const app = await startApp();
  expect(app.setupLink()).toMatch(new RegExp(`^${app.url}/setup#.{20,}$`));
  await page.goto(app.url);
  await expect(page).toHaveURL(/\/(login|setup)/);
});

test('the administrator of the link is signed in, and stays so over a restart', async ({
  signedInPage,
  app,
  quietPages,
}) => {
  await expect(signedInPage).toHaveURL(`${app.url}/`);
  quietPages.expectErrors(/net::ERR_/); // the page looks for its server meanwhile
  await app.stop();
  await app.start();
  await signedInPage.reload();
  await expect(signedInPage).toHaveURL(`${app.url}/`);
});

test('the server gets up again after it was killed, without another link', async ({ startApp, request }) => {
  const app = await startApp();
  const link = app.setupLink();
  await app.kill();
  await expect(request.get(`${app.url}/api/health`)).rejects.toThrow('ECONNREFUSED');
  await app.start();
  expect((await request.get(`${app.url}/api/health`)).ok()).toBe(true);
  expect(app.setupLink()).toBe(link);
});

test('the engine of the tests runs containers with a network, and can be killed and started', async ({
  breakableEngine,
}) => {
  const { callEngine, isReachable } = await import('@/bin/docker-api.js');
  expect((await callEngine(breakableEngine.address, '/images/busybox:latest/json')).status).toBe(200);
  await breakableEngine.kill();
  expect(await isReachable(breakableEngine.address)).toBe(false);
  await breakableEngine.restart();
  expect((await callEngine(breakableEngine.address, '/images/busybox:latest/json')).status).toBe(200);
});

test('a registry with a password refuses who has none', async ({ startRegistry, request }) => {
  const { host } = await startRegistry({ htpasswd: { user: 'ann', password: 'secret' } });
  expect((await request.get(`http://${host}/v2/`)).status()).toBe(401);
  const authorization = `Basic ${Buffer.from('ann:secret').toString('base64')}`;
  expect((await request.get(`http://${host}/v2/`, { headers: { authorization } })).status()).toBe(200);
});
