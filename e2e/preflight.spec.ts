import { anyFreePort } from '@/bin/ports.js';
import { expect, test } from './setup/steps-test';

test('before a build it is said whether room, base images and registries are there, and the build may start all the same', async ({
  app,
  registry,
  signedInPage: page,
  newProject,
}) => {
  await page.goto(`${app.url}/registries`);
  const local = page.getByRole('row').filter({ hasText: registry.host });
  const href = await local.getByRole('link').first().getAttribute('href');
  const registryId = href!.split('/').at(-1)!;
  const nobody = `127.0.0.1:${await anyFreePort()}`;
  const project = await newProject(
    'looked-at',
    { Dockerfile: 'FROM busybox\nRUN echo looked at > /looked\n' },
    { pushTargets: [{ registryId, repository: 'looked/at', tag: '1' }] },
  );
  await page.goto(`${app.url}/projects/${project.id}`);
  const before = page.getByRole('region', { name: 'Preflight checks' });
  const item = (title: string) => before.getByRole('listitem').filter({ hasText: title });
  await expect(item('Disk space')).toContainText(/free/);
  await expect(item('Base image busybox')).toContainText('Available locally; the builder uses it.');
  await expect(item(`Push to ${registry.host}`)).toContainText(`${registry.host} answers`);
  await expect(before.getByRole('status')).toContainText(/just now|s ago/);

  // A tag that the registry has not got, and a registry that is not there: each with what to do.
  project.write('Dockerfile', `FROM ${registry.host}/no/such:9 AS first\nFROM ${nobody}/base:1\nRUN true\n`);
  await before.getByRole('button', { name: 'Check again' }).click();
  await expect(item(`Base image ${registry.host}/no/such:9`)).toContainText('has no such image or tag.');
  await expect(item(`Base image ${nobody}/base:1`).getByLabel('Problem')).toBeVisible();
  await expect(before.getByRole('status')).toContainText(/[2-3] issues/);

  // What is written into the form of one build is what is looked at there.
  await page.goto(`${app.url}/projects/${project.id}/build`);
  await page.getByRole('combobox', { name: 'Dockerfile', exact: true }).fill('Dockerfile.none');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(item('Dockerfile')).toContainText('Dockerfile.none is not in the build context.');
  await page.getByRole('combobox', { name: 'Dockerfile', exact: true }).fill('Dockerfile');
  await page.locator('form').getByRole('button', { name: 'Build', exact: true }).click();
  await expect(page).toHaveURL(/\/builds\/[0-9a-z]{16}$/);
});
