import { clsx } from 'clsx';
import { kindLook } from '@/app/_components/ui/kinds';
import { startsOf } from './shares';
import type { Layer } from './layer-bar';

interface StrataColumnProps {
  layers: Layer[];
  /** Share of the height for each layer. */
  shares: number[];
  active: number | null;
  onActive: (index: number | null) => void;
}

// X positions in a picture 100 wide: the column, and the bends of the lines to the rows.
const column = 52;
const bend = 72;

/** The layers and the lines to their rows, over the height of the rows. Hidden from screen readers. */
export function StrataColumn({ layers, shares, active, onActive }: StrataColumnProps) {
  const count = layers.length;
  const starts = startsOf(shares);
  const places = layers.map((layer, index) => ({
    layer,
    index,
    y: (starts[index] ?? 0) * count,
    height: (shares[index] ?? 0) * count,
    row: index + 0.5,
  }));
  return (
    <div className="relative">
      <svg
        aria-hidden
        viewBox={`0 0 100 ${count}`}
        preserveAspectRatio="none"
        className="absolute inset-0 size-full overflow-visible"
      >
        {shares.every((share) => share === 0) ? (
          <rect width={column} height={count} className="fill-waiting-soft" />
        ) : null}
        {places.map(({ layer, index, y, height, row }) => (
          <g
            key={index}
            onPointerEnter={() => onActive(index)}
            onPointerLeave={() => onActive(null)}
            className={clsx('transition-opacity', active !== null && active !== index && 'opacity-40')}
          >
            {height > 0 ? (
              <rect
                y={y}
                width={column}
                height={height}
                vectorEffect="non-scaling-stroke"
                className={clsx('stroke-surface', kindLook[layer.kind].svg)}
                strokeWidth="1"
              />
            ) : null}
            <path
              d={`M${height > 0 ? column : 0} ${y + height / 2}H${column + 4}L${bend} ${row}H100`}
              fill="none"
              vectorEffect="non-scaling-stroke"
              strokeWidth={active === index ? 1.5 : 1}
              className={active === index ? 'stroke-ink' : 'stroke-frame'}
            />
          </g>
        ))}
      </svg>
    </div>
  );
}
