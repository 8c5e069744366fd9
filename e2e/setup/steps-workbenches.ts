import { expect, type Page } from '@playwright/test';
import type { App } from './app';

/** What stands on the terminal's screen. */
export const screenOf = (page: Page) => page.getByRole('group', { name: 'Terminal' }).locator('.xterm-rows');

/** Types into the terminal as a person does. */
export async function type(page: Page, text: string): Promise<void> {
  await page.getByRole('group', { name: 'Terminal' }).click();
  await page.keyboard.type(text);
}

/** Starts a workbench by its form, and waits for the prompt. */
export async function startBench(
  page: Page,
  app: App,
  { image = 'busybox:latest', name = '' },
): Promise<void> {
  await page.goto(`${app.url}/workbenches/new`);
  // While the page streams in, its form is there twice for a moment.
  await expect(page.getByLabel('Image')).toHaveCount(1, { timeout: 60_000 });
  await page.getByLabel('Image').fill(image);
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Start the workbench' }).click();
  await expect(page).toHaveURL(/\/workbenches\/[0-9a-z]{16}$/, { timeout: 60_000 });
  await expect(page.locator('[aria-label="Terminal"][data-ready]')).toBeVisible({ timeout: 30_000 });
  await expect(screenOf(page)).toContainText(/[#$] /, { timeout: 30_000 });
}

/** The row of a recorded command. */
export const commandOf = (page: Page, text: string) =>
  page.getByRole('list', { name: 'Commands' }).getByRole('listitem').filter({ hasText: text });

/** Ends the shell of a workbench as a person does. */
export async function exitShell(page: Page): Promise<void> {
  await type(page, 'exit\n');
  await expect(page.getByText(/^Ended with exit code/).first()).toBeVisible({ timeout: 60_000 });
}
