import { expect, type Locator } from '@playwright/test';
import { drawnLines } from './drawn-lines';

/** The text of what is drawn and there, by the number of its line. */
export const drawnText = async (log: Locator): Promise<Map<number, string>> =>
  new Map(
    (await drawnLines(log)).filter(({ loading }) => !loading).map(({ number, text }) => [number, text]),
  );

/** So many lines of a log, from the first on: scrolls through it, because only what is in sight is drawn. */
export async function shownLines(log: Locator, count: number): Promise<string[]> {
  const lines: string[] = [];
  await log.focus();
  await log.press('Home'); // it lets go of the end, which it would hold otherwise
  while (lines.length < count) {
    await expect.poll(async () => (await drawnText(log)).has(lines.length + 1)).toBe(true);
    const drawn = await drawnText(log);
    for (let text = drawn.get(1 + lines.length); text !== undefined; text = drawn.get(1 + lines.length)) {
      lines.push(text);
    }
    await log.evaluate((element) => (element.scrollTop += element.clientHeight / 2));
  }
  return lines;
}
