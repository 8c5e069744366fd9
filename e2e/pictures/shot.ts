import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

const directory = path.join(import.meta.dirname, '..', '..', 'docs', 'guide', 'pictures');

/** A picture of what is in the window. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({
    path: path.join(directory, `${name}.png`),
    animations: 'disabled',
    caret: 'initial',
  });
}

/** A picture that begins with a part of the page. */
export async function shotFrom(page: Page, part: Locator, name: string): Promise<void> {
  await expect(part).toBeVisible();
  await part.evaluate((element) =>
    window.scrollTo({ top: element.getBoundingClientRect().top + window.scrollY - 16, behavior: 'instant' }),
  );
  await shot(page, name);
}

/** Opens a page, and waits until its heading is there and nothing more is asked for. */
export async function openPage(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle').catch(() => undefined); // the event stream stays open
}

export const region = (page: Page, name: string): Locator => page.getByRole('region', { name });
