/**
 * How much of a picture each part gets: in proportion, but nothing that is there vanishes. Parts under `least` are drawn at
 * it, and what that takes is taken from the larger ones in proportion; the figures beside the picture are not touched.
 * Parts of size 0 get nothing: they are drawn as lines. The shares add up to 1, or to 0 where there is nothing at all.
 */
export function layoutShares(sizes: readonly number[], least: number): number[] {
  const present = sizes.filter((size) => size > 0).length;
  if (present === 0) return sizes.map(() => 0);
  // So many that the least would fill everything: then all are drawn alike.
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

/** Where each part begins when they are laid one after the other. */
export function startsOf(shares: readonly number[]): number[] {
  let next = 0;
  return shares.map((share) => {
    const start = next;
    next += share;
    return start;
  });
}

/** `< 1 %`, `54 %`: a share as text, honest about small ones. */
export function formatShare(size: number, total: number): string {
  if (total <= 0 || size <= 0) return '';
  const percent = (size / total) * 100;
  return percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}
