import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import type { App } from './app';
import { drawnLines, type ShownLine } from './drawn-lines';

/** Timeout for work of the engine on a busy machine. */
export const patient = { timeout: 60_000 };

/** A RUN command that continues when the test opens the gate; the build needs the network mode `host`. */
export const holdAt = (gate: string): string => `wget -q -O - ${gate}`;

export const onHost = { networkMode: 'host' } as const;

export const openBuild = async (page: Page, app: App, id: string): Promise<void> => {
  await page.goto(`${app.url}/builds/${id}`);
};

/** The status of a build, in the header of its page. */
export const expectStatus = (page: Page, status: string, patience = patient) =>
  expect(
    page.getByRole('main').locator('header').getByRole('status').filter({ hasText: status }),
  ).toBeVisible(patience);

/** The header of a step: status, position, instruction and time. */
export const stepHead = (page: Page, words: RegExp): Locator =>
  page.getByRole('button', { name: words }).and(page.locator('[aria-controls]'));

/** An open step with its content. */
export async function openStep(page: Page, words: RegExp): Promise<Locator> {
  const head = stepHead(page, words);
  await expect(head).toBeVisible(patient);
  if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
  await expect(head).toHaveAttribute('aria-expanded', 'true');
  return head.locator('xpath=ancestor::li[1]');
}

/** The output of an open step. */
export const logOf = (within: Page | Locator): Locator =>
  within.locator('[aria-label^="Output of "]').filter({ visible: true }); // streamed content is hidden at first

export const linesInSight = async (log: Locator): Promise<string[]> =>
  (await drawnLines(log)).filter((line) => line.inSight).map((line) => line.text);

/** Waits until the visible lines are loaded. */
const expectDrawn = (log: Locator) =>
  expect(async () => {
    expect(await linesInSight(log)).not.toEqual([]);
    expect(await log.getByRole('img', { name: 'Loading' }).count()).toBe(0);
  }).toPass();

/** All lines of a log: scrolls through it from the start, because only visible lines are rendered. */
export async function readLog(log: Locator): Promise<ShownLine[]> {
  const found = new Map<number, ShownLine>();
  // A browser scrolls smoothly in the page in front only; behind, the scrolling can stop on its way.
  await log.page().bringToFront();
  await log.focus();
  await expect(async () => {
    await log.press('Home'); // stops following the end
    await expect.poll(() => log.evaluate((element) => element.scrollTop), { timeout: 3000 }).toBe(0);
  }).toPass({ timeout: 20_000 });
  for (;;) {
    await expectDrawn(log);
    for (const line of await drawnLines(log)) found.set(line.number, line);
    const moved = await log.evaluate((element) => {
      const before = element.scrollTop;
      element.scrollTop += element.clientHeight * 0.9;
      return element.scrollTop > before + 1;
    });
    if (!moved) return [...found.values()].toSorted((one, other) => one.number - other.number);
  }
}

export const textOf = (lines: ShownLine[]): string => lines.map((line) => line.text).join('\n');

/** The download that a click starts. */
async function download(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [saved] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFile(await saved.path());
}

/** The exact bytes of a step's output, downloaded. */
export const downloadRaw = (page: Page, step: Locator): Promise<Buffer> =>
  download(page, () => step.getByRole('button', { name: 'Download raw output' }).click());
