import { expect, type Page } from '@playwright/test';
import type { App } from '@/e2e/setup/app';
import { listPages } from './routes';

const patternOf = (route: string) => new RegExp(`^${route.replaceAll(/\[[^\]]+\]/g, '[^/]+')}$`);

/** The page that an address belongs to: `/images/0123` is of `/images/[imageId]`. */
export function findPage(address: string): string | undefined {
  const { pathname } = new URL(address, 'http://any');
  const fitting = listPages().filter((route) => patternOf(route).test(pathname));
  return fitting.find((route) => route === pathname) ?? fitting[0];
}

/** One view of a page: its route, and which questions it is asked with; `/builds?status` is not `/builds`. */
function viewOf(address: string): string | undefined {
  const { searchParams } = new URL(address, 'http://any');
  const page = findPage(address);
  return page && [page, ...[...searchParams.keys()].toSorted()].join(' ');
}

/** Opens a page and waits until it is all there. */
async function open(page: Page, app: App, address: string): Promise<void> {
  await page.goto(app.url + address);
  await expect(page.getByRole('heading', { level: 1 }).first(), address).toBeVisible();
}

/** Asked again where the page leads elsewhere just then. */
async function linksOf(page: Page): Promise<string[]> {
  let hrefs: string[] = [];
  await expect(async () => {
    const links = page.locator('a[href^="/"]');
    hrefs = await links.evaluateAll((all) =>
      all.map((link) => link.getAttribute('href')?.split('#')[0] ?? ''),
    );
  }).toPass();
  return hrefs;
}

/**
 * Visits one address of every view that links lead to, and all the addresses that it begins with. Returns the pages
 * that it came to.
 */
export async function crawl(
  page: Page,
  app: App,
  from: string[],
  look: (address: string) => Promise<void>,
): Promise<string[]> {
  const seen = new Set<string>();
  const asked = new Set(from);
  const waiting = [...from];
  const pages = new Set<string>();
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const view = viewOf(address);
    // `delete` is true for what it began with, the first time.
    if (view === undefined || (!asked.delete(address) && seen.has(view))) continue;
    seen.add(view);
    await open(page, app, address);
    const landed = findPage(page.url());
    if (landed) pages.add(landed);
    pages.add(findPage(address)!);
    await look(address);
    waiting.push(...(await linksOf(page)));
  }
  return [...pages].toSorted();
}
