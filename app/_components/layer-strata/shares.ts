/**
 * Shares of a picture for parts of given sizes: proportional, but a part that is not empty gets at least `least`,
 * taken from the larger ones in proportion. Parts of size 0 get 0: they are drawn as lines. The shares add up to 1,
 * or to 0 if all sizes are 0.
 */
export function layoutShares(sizes: readonly number[], least: number): number[] {
  const present = sizes.filter((size) => size > 0).length;
  if (present === 0) return sizes.map(() => 0);
  // The minimum alone would fill the picture: all parts get the same share.
  const floor = Math.min(least, 1 / present);
  const small = new Set<number>();
  for (;;) {
    const rest = sizes.reduce((sum, size, index) => (small.has(index) ? sum : sum + Math.max(0, size)), 0);
    const room = 1 - small.size * floor;
    const tooSmall = sizes.findIndex(
      (size, index) => size > 0 && !small.has(index) && (size / rest) * room < floor,
    );
    if (tooSmall < 0 || small.size === present - 1) {
      return sizes.map((size, index) => (size <= 0 ? 0 : small.has(index) ? floor : (size / rest) * room));
    }
    small.add(tooSmall);
  }
}

/** The start of each part when they are placed one after another. */
export function startsOf(shares: readonly number[]): number[] {
  let next = 0;
  return shares.map((share) => {
    const start = next;
    next += share;
    return start;
  });
}

/** A share as text: `< 1 %`, `54 %`. */
export function formatShare(size: number, total: number): string {
  if (total <= 0 || size <= 0) return '';
  const percent = (size / total) * 100;
  return percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}

/** Bytes of the layers, as far as they are known. */
export const sumOfSizes = (layers: readonly { size: number | null }[]): number =>
  layers.reduce((sum, { size }) => sum + (size ?? 0), 0);
