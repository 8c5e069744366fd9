import type { Locator } from '@playwright/test';

export interface ShownLine {
  number: number;
  text: string;
  stderr: boolean;
  /** Not loaded from the server yet: a placeholder. */
  loading: boolean;
  /** In or near the viewport. */
  inSight: boolean;
}

/** The rendered lines of a log. */
export const drawnLines = (log: Locator): Promise<ShownLine[]> =>
  log.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return [...element.querySelectorAll('[data-index]')].map((row) => {
      const [number, mark, text] = row.children;
      const words = [...(text?.childNodes ?? [])].filter(
        (node) => !(node instanceof Element && node.classList.contains('sr-only')),
      );
      const box = row.getBoundingClientRect();
      return {
        number: Number(number?.textContent),
        text: words.map((node) => node.textContent).join(''),
        loading: text?.getAttribute('role') === 'img',
        stderr: mark?.getAttribute('title') === 'Standard error',
        inSight: box.top >= top && box.bottom <= bottom,
      };
    });
  });
