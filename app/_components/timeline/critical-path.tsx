import { clsx } from 'clsx';
import type { Link } from './rows';
import { barShift, chartInset } from './timeline-bar';

/** The lines between the bars that the end waited for. Only a picture: each row says it of itself. */
export function CriticalPath({ rows, links }: { rows: number; links: readonly Link[] }) {
  return (
    // Below the axis, over the rows, which are all of one height.
    <div aria-hidden className={clsx('pointer-events-none absolute top-5 bottom-0', chartInset)}>
      <svg
        viewBox={`0 0 100 ${rows}`}
        preserveAspectRatio="none"
        className={clsx('size-full overflow-visible', barShift)}
      >
        {links.map((link) => (
          <path
            key={`${link.from}-${link.to}`}
            d={`M${link.end * 100} ${link.from + 0.5}V${link.to + 0.5}H${link.start * 100}`}
            fill="none"
            vectorEffect="non-scaling-stroke"
            strokeWidth="1.5"
            className="stroke-ink"
          />
        ))}
      </svg>
    </div>
  );
}
