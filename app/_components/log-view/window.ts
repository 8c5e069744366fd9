/**
 * Browsers limit the height of an element to about 17 to 33 million pixels, and each new line costs work for all lines in
 * the scroll area. So a very long log is shown in windows that overlap by half.
 */
const halfWindowLines = 100_000;

interface Stretch {
  /** First line. */
  base: number;
  count: number;
}

/** The window that begins at `held`, or the last one. */
export function shownWindow(total: number, held: number | null): Stretch {
  const base = Math.min(held ?? endWindow(total), endWindow(total));
  return { base, count: Math.min(total - base, 2 * halfWindowLines) };
}

/** First line of the last window. */
export const endWindow = (total: number): number =>
  Math.max(0, Math.ceil(total / halfWindowLines) - 2) * halfWindowLines;

/** First line of a window that has `line` well inside. */
export const windowAround = (line: number): number =>
  Math.max(0, Math.round(line / halfWindowLines) - 1) * halfWindowLines;
