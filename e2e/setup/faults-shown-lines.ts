import { expect, type Locator } from '@playwright/test';

/** The lines of a log that are drawn at this moment, by their number. */
export async function drawnLines(log: Locator): Promise<Map<number, string>> {
  const rows = await log.locator('[data-index]').evaluateAll((elements) =>
    elements.flatMap((element): [number, string][] => {
      const [number, , text] = element.children;
      if (!text || text.getAttribute('role') === 'img') return []; // still on its way from the server
      const words = [...text.childNodes].filter(
        (node) => !(node instanceof Element && node.classList.contains('sr-only')),
      );
      return [[Number(number?.textContent), words.map((node) => node.textContent).join('')]];
    }),
  );
  return new Map(rows);
}

/** So many lines of a log, from the first on: scrolls through it, because only what is in sight is drawn. */
export async function shownLines(log: Locator, count: number): Promise<string[]> {
  const lines: string[] = [];
  await log.focus();
  await log.press('Home'); // it lets go of the end, which it would hold otherwise
  while (lines.length < count) {
    await expect.poll(async () => (await drawnLines(log)).has(lines.length + 1)).toBe(true);
    const drawn = await drawnLines(log);
    for (let text = drawn.get(1 + lines.length); text !== undefined; text = drawn.get(1 + lines.length)) {
      lines.push(text);
    }
    await log.evaluate((element) => (element.scrollTop += element.clientHeight / 2));
  }
  return lines;
}
