import { commitNamed, makeProject, openDockerfile, scoreShown } from '@/e2e/setup/steps-commits';
import { expectStatus, patient } from '@/e2e/setup/steps-builds';
import { expect, test } from '@/e2e/setup/steps-test';
import { commandOf, startBench, type } from '@/e2e/setup/terminal';
import { openPage, shot, shotFrom } from './shot';

test.use({ viewport: { width: 1280, height: 800 } });

test('pictures of an image made by hand', async ({ signedInPage: page, app, quietPages }) => {
  test.setTimeout(300_000);
  quietPages.expectErrors(/Failed to load resource|409 \(Conflict\)/);
  await startBench(page, app, { name: 'by-hand' });
  const commands = [
    'mkdir -p /www && echo "<h1>It works</h1>" > /www/index.html',
    'ls /www',
    'cat /etc/nothing',
    'echo "api_key = 0123456789abcdef" > /www/settings',
  ];
  for (const command of commands) {
    await type(page, `${command}\n`);
    await expect(commandOf(page, command)).toBeVisible(patient);
  }
  await expect(commandOf(page, commands[3]!)).toContainText('1 path', patient);
  await shot(page, 'workbench');

  await page
    .getByRole('link', { name: /^Commit/ })
    .first()
    .click();
  await expect(page.getByRole('list', { name: 'Marked by rules' })).toContainText('/www/settings', patient);
  await page.getByLabel('Exclude /www/settings').first().check();
  await shotFrom(page, page.getByRole('main'), 'commit');
  await commitNamed(page, 'by-hand:1');
  await expectStatus(page, 'Succeeded');
  await openDockerfile(page);
  await shotFrom(page, page.getByRole('main'), 'recipe');
  const project = await makeProject(page, 'by hand');
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  await expectStatus(page, 'Succeeded');
  await openPage(page, project);
  await expect(scoreShown(page)).toHaveText(/%/, patient);
  await shotFrom(page, page.getByRole('main'), 'proof');
});
