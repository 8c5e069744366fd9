import { expect, type Locator, type Page } from '@playwright/test';
import { patient } from './steps-builds';

/** Fills in the reference and submits the commit form. */
export async function commitNamed(page: Page, reference: string): Promise<void> {
  await page.getByLabel('Reference').fill(reference);
  await page.getByRole('button', { name: 'Commit', exact: true }).click();
}

/** Opens the generated Dockerfile from a commit or image page; returns the text field. */
export async function openDockerfile(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: 'Generated Dockerfile' }).first().click();
  const text = page.getByRole('textbox', { name: 'Dockerfile text' });
  await expect(text).toBeVisible(patient);
  return text;
}

/** Creates a project from the generated Dockerfile; returns its URL. */
export async function makeProject(page: Page, name: string): Promise<string> {
  await page.getByLabel('Project name').fill(name);
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible(patient);
  return page.url();
}

/** The score of the latest comparison of a project's builds. */
export const scoreShown = (page: Page): Locator =>
  page.getByRole('region', { name: 'Verification' }).getByTestId('score');
