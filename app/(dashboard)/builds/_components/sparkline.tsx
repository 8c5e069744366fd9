import Link from 'next/link';

interface SparkPoint {
  key: string;
  href: string;
  /** Null: no point, or a failure mark where `failed`. */
  value: number | null;
  failed: boolean;
  /** On hover: `#12: 4.2s`. */
  title: string;
}

// Percent of the height left free above and below, so that no point is clipped.
const margin = 10;

/** Values over builds, newest at the right, from 0 to `most`. Hidden from screen readers: the numbers are beside it. */
export function Sparkline({ points, most, ink }: { points: SparkPoint[]; most: number; ink: string }) {
  const width = 100 / points.length;
  const places = points.map((point, index) => ({
    ...point,
    x: (index + 0.5) * width,
    y: point.value === null ? null : 100 - margin - (point.value / (most || 1)) * (100 - 2 * margin),
  }));
  const drawn = places.filter((place) => place.y !== null);
  const percent = (value: number) => `${value.toFixed(2)}%`;
  return (
    <div className="relative h-16">
      <svg aria-hidden className="absolute inset-0 size-full">
        <line x1="0" x2="100%" y1="99%" y2="99%" className="stroke-line" />
        {drawn.slice(1).map((place, index) => (
          <line
            key={place.key}
            x1={percent(drawn[index]!.x)}
            y1={percent(drawn[index]!.y!)}
            x2={percent(place.x)}
            y2={percent(place.y!)}
            strokeWidth="1.5"
            className={`stroke-current ${ink}`}
          />
        ))}
        {drawn.map((place, index) => (
          <circle
            key={place.key}
            cx={percent(place.x)}
            cy={percent(place.y!)}
            r={index === drawn.length - 1 ? 4 : 2.5}
            className={`fill-current ${ink}`}
          />
        ))}
        {places
          .filter((place) => place.failed)
          .map((place) => (
            <text
              key={place.key}
              x={percent(place.x)}
              y="96%"
              textAnchor="middle"
              className="fill-failed-ink text-xs font-semibold"
            >
              ×
            </text>
          ))}
      </svg>
      <div aria-hidden className="absolute inset-0 flex">
        {places.map((place) => (
          // The table below has the same links for keyboards.
          <Link
            key={place.key}
            href={place.href}
            title={place.title}
            tabIndex={-1}
            prefetch={false}
            className="flex-1 rounded-sm hover:bg-hover"
          />
        ))}
      </div>
    </div>
  );
}
