import Link from 'next/link';
import type { ReactNode } from 'react';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import { StatusMark } from '@/app/_components/ui/status-mark';
import { Table } from '@/app/_components/ui/table';
import { buildHref } from '@/lib/builds/href';
import type { TrendPoint } from '@/lib/builds/schema';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import { formatDuration } from '@/lib/format/time';
import { Sparkline } from './sparkline';

const formatShare = (share: number) => `${Math.round(share * 100)}%`;

/** Duration, size and cache share of a project's last builds, oldest first. */
export function TrendPanel({ points }: { points: TrendPoint[] }) {
  if (points.length < 2) return null;
  return (
    <Panel title="Trend" meta={`over the last ${formatCount(points.length, 'build')}`}>
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-3">
        <Chart name="Duration" points={points} valueOf={(point) => point.time} format={formatDuration} />
        <Chart name="Image size" points={points} valueOf={(point) => point.size} format={formatBytes} />
        <Chart
          name="Cached"
          points={points}
          valueOf={(point) => point.cacheShare}
          format={formatShare}
          most={1}
          ink="text-cached"
        />
      </div>
      <details className="mt-3">
        <summary className="text-sm text-muted">Show as a table</summary>
        <TrendTable points={points} />
      </details>
    </Panel>
  );
}

interface ChartProps {
  name: string;
  points: TrendPoint[];
  valueOf: (point: TrendPoint) => number | null;
  format: (value: number) => string;
  /** Fixed end of the scale. */
  most?: number;
  ink?: string;
}

function Chart({ name, points, valueOf, format, most, ink = 'text-muted' }: ChartProps) {
  const values = points.map(valueOf).filter((value) => value !== null);
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  return (
    <div className="min-w-0">
      <p className="mb-1 flex items-baseline justify-between gap-2">
        <span className="font-medium">{name}</span>
        <span className="tabular-nums">{values.length > 0 ? format(values.at(-1)!) : '–'}</span>
      </p>
      <Sparkline
        most={most ?? greatest}
        ink={ink}
        points={points.map((point) => {
          const value = valueOf(point);
          return {
            key: point.id,
            href: buildHref(point.id),
            value,
            failed: point.status === 'failed',
            title: `#${point.number}: ${value === null ? point.status : format(value)}`,
          };
        })}
      />
      <p className="mt-1 text-sm text-muted tabular-nums">
        {values.length === 0
          ? 'No build has succeeded.'
          : format(least) === format(greatest)
            ? `always ${format(least)}`
            : `${format(least)} to ${format(greatest)}`}
      </p>
    </div>
  );
}

const orNone = (value: number | null, shown: (value: number) => ReactNode) =>
  value === null ? '–' : shown(value);

function TrendTable({ points }: { points: TrendPoint[] }) {
  return (
    <Table
      caption="Duration, size and cache share of the last builds, newest first"
      rows={points.toReversed()}
      rowKey={(point) => point.id}
      columns={[
        {
          key: 'build',
          header: 'Build',
          main: true,
          grow: true,
          cell: (point) => (
            <Link href={buildHref(point.id)} prefetch={false} className="link">
              #{point.number}
            </Link>
          ),
        },
        { key: 'status', header: 'Status', cell: (point) => <StatusMark status={point.status} /> },
        { key: 'time', header: 'Time', align: 'end', cell: (point) => orNone(point.time, formatDuration) },
        {
          key: 'size',
          header: 'Size',
          align: 'end',
          cell: (point) => orNone(point.size, (bytes) => <ByteSize bytes={bytes} />),
        },
        {
          key: 'cache',
          header: 'Cached',
          align: 'end',
          cell: (point) => orNone(point.cacheShare, formatShare),
        },
      ]}
    />
  );
}
