import { clsx } from 'clsx';
import { kindLook, layerMeaning } from '@/app/_components/ui/kinds';
import type { StepKind } from '@/lib/events/events';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import { layoutShares, startsOf, sumOfSizes } from './shares';

/** One layer of an image, base first. */
interface Stratum {
  kind: StepKind;
  /** Null: unknown, as of a layer that the engine has not unpacked. */
  size: number | null;
  label: string;
}

export interface Layer extends Stratum {
  /** Metadata only: the layer has no files. */
  empty: boolean;
  /** Milliseconds since 1970; 0 if the builder did not record it. */
  created?: number;
}

// About two or three pixels of a bar in a list.
const least = 0.007;

function describe(strata: Stratum[]): string {
  const byKind = new Map<StepKind, number>();
  for (const layer of strata) byKind.set(layer.kind, (byKind.get(layer.kind) ?? 0) + (layer.size ?? 0));
  const parts = [...byKind]
    .filter(([, size]) => size > 0)
    .map(([kind, size]) => `${layerMeaning(kind)} ${formatBytes(size)}`);
  return `${formatCount(strata.length, 'layer')}, ${formatBytes(sumOfSizes(strata))}: ${parts.join(', ')}`;
}

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** An image as a thin bar of its layers, to scale: for lists. `scale` (0 to 1) draws it shorter than the largest one. */
export function LayerBar({
  strata,
  scale = 1,
  className = 'h-2.5 w-full',
}: {
  strata: Stratum[];
  scale?: number;
  className?: string;
}) {
  const layers = strata.flatMap((layer) => (layer.size ? [{ ...layer, size: layer.size }] : []));
  const shares = layoutShares(
    layers.map((layer) => layer.size),
    least / Math.max(scale, 0.05),
  );
  const starts = startsOf(shares);
  return (
    <svg role="img" aria-label={describe(strata)} className={clsx('block', className)}>
      {layers.length === 0 ? <rect width="100%" height="100%" className="fill-waiting-soft" /> : null}
      {layers.map((layer, index) => (
        // Layers can be equal in every property; only their position identifies them.
        // oxlint-disable-next-line react/no-array-index-key
        <svg
          key={index}
          x={percent((starts[index] ?? 0) * scale)}
          width={percent((shares[index] ?? 0) * scale)}
          height="100%"
        >
          <title>{`${formatBytes(layer.size)}  ${layer.label}`}</title>
          {/* The gap separates adjacent layers of the same kind. */}
          <rect width="100%" height="100%" className={kindLook[layer.kind].svg} />
          <rect x="100%" width="1" height="100%" transform="translate(-1 0)" className="fill-surface" />
        </svg>
      ))}
    </svg>
  );
}
