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

/** Messages of the browser when the server or the network is unreachable; the page shows its own. */
export const lostConnection = /net::ERR_|Failed to fetch|NetworkError|^network error$/;

/** Status of the build or push, in the header of its page. */
export const stateMark = (page: Page, word: string) =>
  page
    .getByRole('main')
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${word}`) });

/** Error of the build or push, in the header of its page. */
export const reason = (page: Page) => page.getByRole('main').getByRole('alert').first();

/** Output of the build's RUN step. */
export const runLog = (page: Page) => page.getByLabel(/^Output of .*\bRUN\b/);

/** Starts a build that prints until its gate opens, and opens its page. */
export async function watchChatter(page: Page, who: SignedIn, name: string, gate: string) {
  const marker = `${name}-${Date.now()}`;
  const build = await startBuild(who, await makeProject(who, name, chatter(gate, marker), onHost));
  await page.goto(`${who.app.url}/builds/${build}`);
  // Several screens, so that the oldest lines are out of view.
  const later = new RegExp(`^line ([4-9]\\d|\\d{3,}) of ${marker}$`);
  await expect(runLog(page).getByText(later).first()).toBeVisible({ timeout: 60_000 });
  return { marker, build };
}

/** Starts a push of busybox and opens its page. */
export async function watchPush(page: Page, who: SignedIn, reference: string) {
  await page.goto(`${who.app.url}/pushes/${await startPush(who, 'busybox:latest', reference)}`);
}

/** The shown lines equal the lines of the stored log at their positions. */
export async function expectKept(shown: Map<number, string>, who: SignedIn, build: string) {
  const kept = await downloadLines(who, build);
  expect(shown.size).toBeGreaterThan(0);
  for (const [number, text] of shown) expect(kept[number - 1]).toBe(text);
}

/** A mark that is lost when the page is reloaded. */
export const markPage = (page: Page) =>
  page.evaluate(() => void Object.assign(window, { loadedBefore: true }));
export const isSamePage = (page: Page) => page.evaluate(() => 'loadedBefore' in window);
