import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { imageUser, newDeployment } from './setup/compose-containers';
import { buildAsNewcomer } from './setup/newcomer';
import { lastMigration, readDatabase, writeOlderDatabase } from './setup/older-data';
import {
  buildCheckout,
  buildNodeBase,
  fromBuiltApp,
  importBuiltApp,
  removeOwnImages,
} from './setup/own-image';
import { trySigningIn } from './setup/pages/accounts';
import { administrator } from './setup/sign-in';
import { patient } from './setup/steps-builds';
import { expect, test } from './setup/steps-test';

// The image of the first is that of the second.
test.describe.configure({ mode: 'serial' });
let image = '';

test.afterAll(({ engine: { address } }) => removeOwnImages(address));

test('Layerwright builds its own image, and in containers as of compose.yaml it builds again', async ({
  app,
  adminCookie: cookie,
  engine: { address },
  signedInPage: page,
}) => {
  test.setTimeout(480_000);
  const place = { app, cookie, page, address };

  await test.step('it builds a base with Node, and on it a project of its own checkout', async () => {
    await buildNodeBase(place);
    await importBuiltApp(address);
    image = await buildCheckout(place, { args: fromBuiltApp, timeoutMs: 240_000 });
  });

  const deployment = await newDeployment(address, image);
  try {
    const { web, gate } = await deployment.up();

    await test.step('the web process has its data, the socket of the gate, and nothing else', async () => {
      const say = async (script: string) => (await web.run('sh', '-c', script)).text;
      expect(await say('echo uid=$(id -u) gid=$(id -g)')).toContain('uid=10001 gid=10001');
      expect(await say('touch /app/x /x')).toMatch(/Read-only file system[^]*Read-only file system/);
      expect(await say('touch /tmp/x && echo done')).toContain('done');
      expect(await say('cat /proc/1/status')).toMatch(/CapBnd:\s0{16}\n[^]*NoNewPrivs:\s1\n/);
      expect(await say('find / -xdev -name "*.sock"; find /run /var/run -type s')).not.toContain(
        'docker.sock',
      );
      for (const name of readdirSync(deployment.data)) {
        const { mode, uid } = statSync(path.join(deployment.data, name));
        expect([name, uid, mode & 0o077]).toEqual([name, imageUser, 0]);
      }
    });

    await test.step('the link in its log creates an administrator, who builds', async () => {
      await buildAsNewcomer(page, deployment.url, web);
    });

    await test.step('it ends in order when it is stopped', async () => {
      await web.stop();
      expect(await web.state()).toMatchObject({ Status: 'exited', ExitCode: 0 });
      expect(readdirSync(deployment.data)).not.toContain('running.json');
      await gate.stop();
      expect(await gate.state()).toMatchObject({ Status: 'exited' });
    });
  } finally {
    await deployment.down();
  }
});

test('the image upgrades the data of the version before, and its restore command takes that back', async ({
  app,
  engine: { address },
  page,
}) => {
  test.setTimeout(240_000);
  const old = await newDeployment(address, image);
  const signIn = async () => {
    await page.goto(`${old.url}/login`);
    await trySigningIn(page, administrator);
    await expect(page).toHaveURL(`${old.url}/`, patient);
    await page.goto(`${old.url}/builds`);
    await expect(page.getByRole('link', { name: 'Old site #7' })).toBeVisible();
    await page.goto('about:blank');
  };
  try {
    writeOlderDatabase(old.data, app.dataDirectory, imageUser);
    const { web } = await old.up();
    const upgraded = `Database: backed up and upgraded (${lastMigration})`;

    await test.step('the data of the version before are backed up, upgraded and shown', async () => {
      expect(await web.output()).toContain(upgraded);
      await signIn();
    });

    await test.step('bin/restore.js puts back what was before the upgrade', async () => {
      const backups = readdirSync(path.join(old.data, 'backups'));
      const backup = backups.find((name) => name.endsWith('-before-upgrade.db')) ?? 'none';
      const restore = () => old.runOnce('node', 'bin/restore.js', backup);
      expect(await restore()).toEqual({ code: 1, text: expect.stringContaining('Stop it first') });
      await web.stop();
      expect(readDatabase(old.data).migrations).toContain(lastMigration);
      expect(await restore()).toEqual({ code: 0, text: expect.stringContaining('Restored') });
      const restored = readDatabase(old.data);
      expect(restored.migrations).not.toContain(lastMigration);
      expect(restored.titles).toEqual(['Old site #7']);
    });

    await test.step('which can be upgraded again', async () => {
      const { length } = await web.output();
      await web.start();
      await web.waitForHealth();
      expect((await web.output()).slice(length)).toContain(upgraded);
      await signIn();
    });
  } finally {
    await old.down();
  }
});
