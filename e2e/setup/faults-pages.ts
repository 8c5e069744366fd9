import { expect, type Page } from '@playwright/test';
import {
  chatter,
  downloadLines,
  makeProject,
  onHost,
  type SignedIn,
  startBuild,
  startPush,
} from './faults-builds';

/** What the browser itself says when its server or the network goes; the page has its own words for it. */
export const lostConnection = /net::ERR_|Failed to fetch|NetworkError|^network error$/;

/** The word of how the build or push stands, in the head of its page. */
export const stateMark = (page: Page, word: string) =>
  page
    .getByRole('main')
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${word}`) });

/** Why it ended as it did, in the head of its page. */
export const reason = (page: Page) => page.getByRole('main').getByRole('alert').first();

/** The output of the build's RUN step. */
export const runLog = (page: Page) => page.getByLabel(/^Output of .*\bRUN\b/);

/** Starts a build that talks until its gate opens, and opens its page. */
export async function watchChatter(page: Page, who: SignedIn, name: string, gate: string) {
  const marker = `${name}-${Date.now()}`;
  const build = await startBuild(who, await makeProject(who, name, chatter(gate, marker), onHost));
  await page.goto(`${who.app.url}/builds/${build}`);
  // Some screens of it: the oldest are out of sight.
  const later = new RegExp(`^line ([4-9]\\d|\\d{3,}) of ${marker}$`);
  await expect(runLog(page).getByText(later).first()).toBeVisible({ timeout: 60_000 });
  return { marker, build };
}

/** Starts a push of busybox, and opens its page. */
export async function watchPush(page: Page, who: SignedIn, reference: string) {
  await page.goto(`${who.app.url}/pushes/${await startPush(who, 'busybox:latest', reference)}`);
}

/** The lines that a page shows are lines of the stored log, each at its place. */
export async function expectKept(shown: Map<number, string>, who: SignedIn, build: string) {
  const kept = await downloadLines(who, build);
  expect(shown.size).toBeGreaterThan(0);
  for (const [number, text] of shown) expect(kept[number - 1]).toBe(text);
}

/** A page that was loaded anew has lost this. */
export const markPage = (page: Page) =>
  page.evaluate(() => void Object.assign(window, { loadedBefore: true }));
export const isSamePage = (page: Page) => page.evaluate(() => 'loadedBefore' in window);
