import { expect, type Locator, type Page } from '@playwright/test';

/** More key presses than any page needs. */
const maxPresses = 150;

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluateAll((elements) => elements.some((element) => element === document.activeElement));

/** The focused element, if no outline, ring or border shows it. */
const findUnmarked = (page: Page): Promise<string[]> =>
  page.locator(':focus').evaluateAll((elements) =>
    elements
      .filter((element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle === 'none' || Number.parseFloat(outlineWidth) === 0) && boxShadow === 'none';
      })
      .map((element) => element.outerHTML.slice(0, 200)),
  );

/** Moves the focus there by Tab only; checks that the focus is visible at every stop. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target.first()).toBeVisible();
  for (let press = 0; press < maxPresses; press += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
    expect(await findUnmarked(page), 'the focus cannot be seen on it').toEqual([]);
  }
  await expect(target.first(), `${maxPresses} presses of ${key} do not lead there`).toBeFocused();
}

/** Moves the focus there and presses the key that activates it. */
export async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Replaces the text of the focused field. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}
