import { useId } from 'react';
import { layoutShares, startsOf } from '@/app/_components/layer-strata/shares';
import { kindLook } from '@/app/_components/ui/kinds';
import { formatBytes } from '@/lib/format/bytes';
import type { Stratum } from '@/lib/images/schema';

// Two or three pixels of a bar.
const least = 0.008;

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** The layers of an image: shared with its parent hatched, its own in the colours of their kinds. */
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
  const layers = strata.flatMap((layer) => (layer.size ? [{ ...layer, size: layer.size }] : []));
  // Proportional to the bytes, with a minimum width that can still be seen.
  const shares = layoutShares([below, ...layers.map(({ size }) => size)], least);
  const whole = Math.min(1, (below + layers.reduce((sum, { size }) => sum + size, 0)) / Math.max(highest, 1));
  const starts = startsOf(shares);
  const own = layers.reduce((sum, { size }) => sum + size, 0);
  return (
    <svg
      role="img"
      aria-label={`${formatBytes(below)} shared, ${formatBytes(own)} unique`}
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
        // Layers may be equal in every respect; only their position identifies them.
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
