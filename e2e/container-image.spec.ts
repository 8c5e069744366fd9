import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { imageUser, newDeployment } from './setup/compose-containers';
import { buildAsNewcomer } from './setup/newcomer';
import {
  buildCheckout,
  buildNodeBase,
  fromBuiltApp,
  importBuiltApp,
  removeOwnImages,
} from './setup/own-image';
import { expect, test } from './setup/steps-test';

test('Layerwright builds its own image, and in containers as of compose.yaml it builds again', async ({
  app,
  adminCookie: cookie,
  engine: { address },
  signedInPage: page,
}) => {
  test.setTimeout(480_000);
  let image = '';
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
    await removeOwnImages(address);
  }
});
