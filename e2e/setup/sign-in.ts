import { expect, type Page } from '@playwright/test';
import type { App } from './app';

export const administrator = { name: 'admin', password: 'ladder violet quarry sunday' };

/** Opens the set-up link, creates the administrator and is signed in afterwards. */
export async function setUp(page: Page, app: Pick<App, 'url' | 'setupLink'>): Promise<void> {
  await page.goto(app.setupLink());
  await expect(page.getByLabel('Set-up code')).not.toBeEmpty();
  await page.getByLabel('User name').fill(administrator.name);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(administrator.password);
  await page.getByRole('textbox', { name: 'Confirm password' }).fill(administrator.password);
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await expect(page).toHaveURL(`${app.url}/`, { timeout: 60_000 }); // password hashing is slow on a slow machine
}
