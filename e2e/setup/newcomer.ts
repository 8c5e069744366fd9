import { expect, type Page } from '@playwright/test';
import { type Container, setupLinkIn } from './compose-containers';
import { setUp } from './sign-in';
import { expectStatus, patient } from './steps-builds';

/** The main job of an app in a container that nobody has used: the set-up by the link in its log, a project, a build. */
export async function buildAsNewcomer(page: Page, url: string, web: Container): Promise<void> {
  const link = await setupLinkIn(web);
  await setUp(page, { url, setupLink: () => link });
  await page.goto(`${url}/projects/new`);
  await page.getByRole('button', { name: 'Use Static site' }).click();
  const dialog = page.getByRole('dialog', { name: /^New project: / });
  await dialog.getByLabel('Name of the project').fill('Inner site');
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Inner site' })).toBeVisible(patient);
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Inner site #1' })).toBeVisible(patient);
  await expectStatus(page, 'Succeeded');
  await page.goto('about:blank'); // an open page would report the end of its server
}
