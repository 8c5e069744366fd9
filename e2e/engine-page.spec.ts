import { statfsSync } from 'node:fs';
import { addUser, signedIn } from './setup/pages/accounts';
import { ask } from './setup/pages/raw-request';
import { createContainer } from './setup/pages/seeds';
import { findServerAction, postAction, resultOf } from './setup/pages/server-actions';
import { expect, test } from './setup/pages/test';

test('the engine page says where the images live, how full that is, what takes the room, and what to know', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const answer = JSON.parse((await engine.call('/info')).text) as { DockerRootDir: string; Driver: string };
  await page.goto(`${app.url}/engine`);
  const facts = page.getByRole('region', { name: 'This engine' });
  await expect(facts).toContainText(answer.DockerRootDir);
  await expect(facts).toContainText(answer.Driver);
  const place = page.getByRole('region', { name: 'Storage' });
  // As df: without what is kept for root.
  const { bsize, blocks, bfree, bavail } = statfsSync(answer.DockerRootDir);
  const total = ((blocks - bfree + bavail) * bsize) / 1e9;
  await expect(place).toContainText(new RegExp(`free of ${total.toPrecision(3).replace('.', '\\.')} GB`));
  await expect(place).toContainText('mounted at');
  const advice = page.getByRole('region', { name: 'Advice' });
  await expect(advice).toContainText(`${answer.Driver} is the right storage driver here`);
  await expect(advice).toContainText('BUILDKIT_STEP_LOG_MAX_SIZE');

  // The page did not wait for the figures; they come by themselves, with the time they are of.
  const use = page.getByRole('region', { name: 'Disk use' });
  await expect(use.getByRole('row', { name: /^Images/ })).toContainText(/MB|GB/);
  await expect(use.getByRole('status')).toContainText('measured');
  await use.getByRole('button', { name: 'Refresh' }).click();
  await expect(use.getByRole('status')).toContainText('measured just now');
});

test('what nothing uses is shown before it is removed, exactly that is removed, and the result is told', async ({
  app,
  engine,
  signedInPage: page,
  adminCookie,
  newPerson,
}) => {
  const write = { Cmd: ['sh', '-c', 'head -c 3000000 /dev/zero > /written'] };
  const doomed = await createContainer(engine.address, 'busybox', 'prune-doomed', write);
  const spared = await createContainer(engine.address, 'busybox', 'prune-spared', {});
  const running = await createContainer(engine.address, 'busybox', 'prune-running', {
    Cmd: ['sleep', '1000'],
    HostConfig: { Binds: ['prune-used:/used'] },
  });
  for (const id of [doomed, running]) await engine.call(`/containers/${id}/start`, 'POST');
  await expect(async () => {
    expect((await engine.call(`/containers/${doomed}/json`)).text).toContain('"Status":"exited"');
  }).toPass();
  for (const name of ['prune-wanted', 'prune-unwanted'])
    await createContainer(engine.address, 'busybox', `made-${name}`, {
      HostConfig: { Binds: [`${name}:/x`] },
    });
  for (const name of ['prune-wanted', 'prune-unwanted'])
    await engine.call(`/containers/made-${name}`, 'DELETE');

  await page.goto(`${app.url}/engine`);
  await page.getByRole('button', { name: 'Remove stopped containers…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove stopped containers' });
  const item = (name: string) => dialog.getByRole('listitem').filter({ hasText: name });
  await expect(item('prune-doomed')).toContainText('3 MB');
  await expect(item('prune-running')).toHaveCount(0);
  await expect(item('prune-doomed').getByRole('checkbox')).toBeChecked();
  const all = dialog.getByLabel(/^All /);
  await all.check(); // those of workbenches, which other journeys may have left, are not selected by themselves
  await all.uncheck();
  await expect(dialog.getByText('Nothing selected.')).toBeVisible();
  await item('prune-doomed').getByRole('checkbox').check();
  await expect(dialog.getByText('1 container will be removed, freeing 3 MB.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Remove 1 container' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Remove 1 container' })).toBeVisible();
  await expect(page.getByText('Removed 1 container; 3 MB freed.')).toBeVisible();
  expect((await engine.call(`/containers/${doomed}/json`)).status).toBe(404);
  expect((await engine.call(`/containers/${spared}/json`)).status).toBe(200);
  expect((await engine.call(`/containers/${running}/json`)).status).toBe(200);

  // A volume with a name is not chosen by itself, and one that is used is not offered.
  await page.goto(`${app.url}/engine`);
  await page.getByRole('button', { name: 'Remove unused volumes…' }).click();
  const volumes = page.getByRole('dialog', { name: 'Remove unused volumes' });
  const volume = (name: string) => volumes.getByRole('listitem').filter({ hasText: name });
  await expect(volume('prune-unwanted').getByRole('checkbox')).not.toBeChecked();
  await expect(volume('prune-used')).toHaveCount(0);
  // Those without a name are chosen: other journeys may have left some.
  const chosen = volumes.getByRole('listitem').getByRole('checkbox', { checked: true });
  while (await chosen.count()) await chosen.first().uncheck();
  await volume('prune-unwanted').getByRole('checkbox').check();
  await volumes.getByRole('button', { name: 'Remove 1 volume' }).click();
  await expect(page.getByText(/^Removed 1 volume;/)).toBeVisible();
  expect((await engine.call('/volumes/prune-unwanted')).status).toBe(404);
  expect((await engine.call('/volumes/prune-wanted')).status).toBe(200);

  const account = await addUser(app, adminCookie, 'onlylooks', 'viewer');
  const { page: hers, cookie } = await signedIn(await newPerson(), app, account);
  await hers.goto(`${app.url}/engine`);
  await expect(
    hers.getByRole('region', { name: 'Disk use' }).getByRole('row', { name: /^Images/ }),
  ).toBeVisible();
  await expect(hers.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  expect((await ask(app, '/api/engine/prune?what=containers', { headers: { cookie } })).status).toBe(403);
  const input = { what: 'containers', ids: [spared] };
  const refused = resultOf(await postAction(app, findServerAction('startPrune'), input, { cookie }));
  expect(refused).toMatchObject({ ok: false, code: 'forbidden' });

  for (const id of [spared, running]) await engine.call(`/containers/${id}?force=1`, 'DELETE');
  for (const name of ['prune-wanted', 'prune-used']) await engine.call(`/volumes/${name}`, 'DELETE');
});
