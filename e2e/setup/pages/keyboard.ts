import { expect, type Locator, type Page } from '@playwright/test';

/** More presses than any page needs from its beginning to its end. */
const most = 150;

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluateAll((elements) => elements.some((element) => element === document.activeElement));

/** What has the focus without any outline, ring or frame that shows it. */
const findUnmarked = (page: Page): Promise<string[]> =>
  page.locator(':focus').evaluateAll((elements) =>
    elements
      .filter((element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle === 'none' || Number.parseFloat(outlineWidth) === 0) && boxShadow === 'none';
      })
      .map((element) => element.outerHTML.slice(0, 200)),
  );

/** Goes there by Tab alone, as far as it takes; every stop on the way can be seen. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target.first()).toBeVisible();
  for (let press = 0; press < most; press += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
    expect(await findUnmarked(page), 'the focus cannot be seen on it').toEqual([]);
  }
  await expect(target.first(), `${most} presses of ${key} do not lead there`).toBeFocused();
}

/** Goes there and presses the key that does what it is for. */
export async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Replaces what stands in the field that has the focus. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}
