import { clsx } from 'clsx';
import type { Link } from './rows';
import { barShift, chartInset } from './timeline-bar';

/** Lines between the bars of the critical path. Hidden from screen readers: each row says it in words. */
export function CriticalPath({ rows, links }: { rows: number; links: readonly Link[] }) {
  return (
    // Below the axis, over the rows, which all have the same height.
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
