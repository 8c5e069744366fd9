/**
 * Browsers do not draw things higher than some 17 to 33 million pixels, and every new line costs work for all lines in the
 * scrolled area. So a very long log is shown a stretch at a time; the stretches overlap by half.
 */
const half = 100_000;

export interface Stretch {
  /** First line of it. */
  base: number;
  count: number;
}

/** The stretch that begins at `held`, or the last one. */
export function shownWindow(total: number, held: number | null): Stretch {
  const base = Math.min(held ?? endWindow(total), endWindow(total));
  return { base, count: Math.min(total - base, 2 * half) };
}

/** Where the last stretch begins. */
export const endWindow = (total: number): number => Math.max(0, Math.ceil(total / half) - 2) * half;

/** Where the stretch begins that has a line well inside of it. */
export const windowAround = (line: number): number => Math.max(0, Math.round(line / half) - 1) * half;
