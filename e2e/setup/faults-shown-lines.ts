import { expect, type Locator } from '@playwright/test';
import { drawnLines } from './drawn-lines';

/** The text of the rendered and loaded lines, by line number. */
export const drawnText = async (log: Locator): Promise<Map<number, string>> =>
  new Map(
    (await drawnLines(log)).filter(({ loading }) => !loading).map(({ number, text }) => [number, text]),
  );

/** The first lines of a log: scrolls through it, because only visible lines are rendered. */
export async function shownLines(log: Locator, count: number): Promise<string[]> {
  const lines: string[] = [];
  await log.focus();
  await log.press('Home'); // stops following the end
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
