import { expect, type Locator, type Page } from '@playwright/test';
import { patient } from './steps-builds';

/** Fills the name into the form of a commit, and sends it. */
export async function commitNamed(page: Page, reference: string): Promise<void> {
  await page.getByLabel('Reference').fill(reference);
  await page.getByRole('button', { name: 'Commit', exact: true }).click();
}

/** From the page of a commit or an image to its Dockerfile; gives the field that its text is in. */
export async function openDockerfile(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: 'Generated Dockerfile' }).first().click();
  const text = page.getByRole('textbox', { name: 'Text of the Dockerfile' });
  await expect(text).toBeVisible(patient);
  return text;
}

/** From the Dockerfile to the page of the project that came of it; answers its address. */
export async function makeProject(page: Page, name: string): Promise<string> {
  await page.getByLabel('Name of the project').fill(name);
  await page.getByRole('button', { name: 'Make it a project' }).click();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible(patient);
  return page.url();
}

/** How far the builds of a project are the same as what was made by hand. */
export const scoreShown = (page: Page): Locator =>
  page.getByRole('region', { name: 'Proof' }).getByTestId('score');
