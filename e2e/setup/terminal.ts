import { expect, type Page } from '@playwright/test';
import type { App } from './app';

/** The rows of the terminal screen. */
export const screenOf = (page: Page) => page.getByRole('group', { name: 'Terminal' }).locator('.xterm-rows');

export const waitForTerminal = (page: Page) =>
  expect(page.locator('[aria-label="Terminal"][data-ready]')).toBeVisible({ timeout: 30_000 });

/** Types into the terminal by keyboard. */
export async function type(page: Page, text: string): Promise<void> {
  await page.getByRole('group', { name: 'Terminal' }).click();
  await page.keyboard.type(text);
}

interface BenchOptions {
  image?: string;
  name?: string;
  /** In MiB. */
  memory?: number;
}

/** Starts a workbench by its form, and waits for the prompt. Returns its id. */
export async function startBench(
  page: Page,
  app: App,
  { image = 'busybox:latest', name, memory }: BenchOptions = {},
) {
  await page.goto(`${app.url}/workbenches/new`);
  const field = (label: string) => page.getByLabel(label).filter({ visible: true }); // streamed content is hidden at first
  await field('Image').fill(image);
  if (name) await field('Name').fill(name);
  if (memory) await field('Memory').fill(`${memory}m`);
  await page.getByRole('button', { name: 'Start the workbench' }).click();
  await expect(page).toHaveURL(/\/workbenches\/[0-9a-z]{16}$/);
  await waitForTerminal(page);
  await expect(screenOf(page)).toContainText(/[#$] /, { timeout: 30_000 });
  return page.url().slice(-16);
}

/** The rows of the recorded commands. */
const commandsOf = (page: Page) => page.getByRole('list', { name: 'Commands' }).getByRole('listitem');

export const commandOf = (page: Page, text: string) => commandsOf(page).filter({ hasText: text });

/** Ends the shell by typing exit. */
export async function exitShell(page: Page): Promise<void> {
  await type(page, 'exit\n');
  await expect(page.getByText(/^Exited with code/).first()).toBeVisible();
}
