import { useId } from 'react';
import { layoutShares, startsOf } from '@/app/_components/layer-strata/shares';
import { kindLook } from '@/app/_components/ui/kinds';
import { formatBytes } from '@/lib/format/bytes';
import type { Stratum } from '@/lib/images/schema';

// Two or three pixels of a bar.
const least = 0.008;

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** An image on its ground: what it shares with what it stands on is hatched, its own layers follow in their hues. */
export function GroundBar({
  below,
  strata,
  highest,
  className,
}: {
  below: number;
  strata: Stratum[];
  highest: number;
  className?: string;
}) {
  const hatch = useId();
  const layers = strata.filter(({ size }) => size > 0);
  // Ground and layers share the bar as they share the bytes; what would be too thin to see is drawn a little wider.
  const shares = layoutShares([below, ...layers.map(({ size }) => size)], least);
  const whole = Math.min(1, (below + layers.reduce((sum, { size }) => sum + size, 0)) / Math.max(highest, 1));
  const starts = startsOf(shares);
  const own = layers.reduce((sum, { size }) => sum + size, 0);
  return (
    <svg
      role="img"
      aria-label={`${formatBytes(below)} of shared ground, ${formatBytes(own)} of its own`}
      className={className}
    >
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" className="fill-waiting-soft" />
          <rect width="1.5" height="5" className="fill-frame" />
        </pattern>
      </defs>
      {below > 0 ? (
        <rect width={percent((shares[0] ?? 0) * whole)} height="100%" fill={`url(#${hatch})`} />
      ) : null}
      {layers.map(({ kind, size, label }, index) => (
        // Layers may be the same in every respect: their places are all they have.
        // oxlint-disable-next-line react/no-array-index-key
        <svg
          key={index}
          x={percent((starts[index + 1] ?? 0) * whole)}
          width={percent((shares[index + 1] ?? 0) * whole)}
          height="100%"
        >
          <title>{`${formatBytes(size)}  ${label}`}</title>
          <rect width="100%" height="100%" className={kindLook[kind].svg} />
          <rect x="100%" width="1" height="100%" transform="translate(-1 0)" className="fill-surface" />
        </svg>
      ))}
    </svg>
  );
}
