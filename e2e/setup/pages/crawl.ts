import { expect, type Page } from '@playwright/test';
import type { App } from '@/e2e/setup/app';
import { listPages } from './routes';

const patternOf = (route: string) => new RegExp(`^${route.replaceAll(/\[[^\]]+\]/g, '[^/]+')}$`);

/** The route of a URL: `/images/0123` is `/images/[imageId]`. */
export function findPage(address: string): string | undefined {
  const { pathname } = new URL(address, 'http://any');
  const fitting = listPages().filter((route) => patternOf(route).test(pathname));
  return fitting.find((route) => route === pathname) ?? fitting[0];
}

/** A view of a page: its route and the names of its query parameters; `/builds?status` differs from `/builds`. */
function viewOf(address: string): string | undefined {
  const { searchParams } = new URL(address, 'http://any');
  const page = findPage(address);
  return page && [page, ...[...searchParams.keys()].toSorted()].join(' ');
}

/** Opens a page and waits until it is complete. */
async function open(page: Page, app: App, address: string): Promise<void> {
  await page.goto(app.url + address);
  await expect(page.getByRole('heading', { level: 1 }).first(), address).toBeVisible();
}

/** Retried if the page redirects at that moment. */
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
 * Visits one URL of every view that is reachable by links, starting with the given ones. Returns the visited pages.
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
    // `delete` is true for a start URL, the first time.
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
