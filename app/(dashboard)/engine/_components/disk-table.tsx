import Link from 'next/link';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { LinkButton } from '@/app/_components/ui/button';
import { type Column, Table } from '@/app/_components/ui/table';
import type { DiskPart, DiskSummary, Prunable } from '@/lib/disk/schema';
import { PruneButton } from './prune-button';

export interface MayPrune {
  prune: boolean;
  images: boolean;
}

interface Row extends DiskPart {
  key: keyof DiskSummary;
  may: MayPrune;
  /** Bytes of the largest row: the full width of the bars. */
  most: number;
}

/** Used (dark) and reclaimable disk space, drawn to scale. */
function UseBar({ size, unusedSize, most }: Row) {
  const share = (bytes: number) => `${most > 0 ? (100 * bytes) / most : 0}%`;
  return (
    <svg aria-hidden className="block h-2.5 w-40">
      <rect width={share(size)} height="100%" className="fill-waiting-soft" />
      <rect width={share(Math.max(size - unusedSize, 0))} height="100%" className="fill-kind-neutral" />
    </svg>
  );
}

const names: Record<keyof DiskSummary, { label: string; href?: string; hint: string; what?: Prunable }> = {
  images: { label: 'Images', href: '/images', hint: 'all layers, shared ones counted once' },
  containers: {
    label: 'Containers',
    href: '/containers',
    hint: 'files written outside volumes',
    what: 'containers',
  },
  volumes: { label: 'Volumes', hint: 'data that outlives containers', what: 'volumes' },
  cache: { label: 'Build cache', hint: 'not shared with images', what: 'build-cache' },
};

const columns: Column<Row>[] = [
  {
    key: 'what',
    header: 'Type',
    main: true,
    grow: true,
    cell: ({ key }) => {
      const { label, href, hint } = names[key];
      return (
        <span className="flex flex-col">
          {href ? (
            <Link href={href} className="link self-start font-medium">
              {label}
            </Link>
          ) : (
            <span className="font-medium">{label}</span>
          )}
          <span className="text-sm text-muted">{hint}</span>
        </span>
      );
    },
  },
  { key: 'bar', header: 'Used vs reclaimable', from: 'lg', cell: (row) => <UseBar {...row} /> },
  { key: 'count', header: 'Count', align: 'end', cell: ({ count }) => count.toLocaleString('en-US') },
  { key: 'size', header: 'Size', align: 'end', cell: ({ size }) => <ByteSize bytes={size} /> },
  {
    key: 'unused',
    header: 'Reclaimable',
    align: 'end',
    cell: ({ unusedCount, unusedSize }) =>
      unusedCount > 0 ? (
        <>
          <ByteSize bytes={unusedSize} /> in {unusedCount.toLocaleString('en-US')}
        </>
      ) : (
        <span className="text-faint">none</span>
      ),
  },
  {
    key: 'actions',
    header: 'Actions',
    actions: true,
    cell: ({ key, may }) => {
      const { what } = names[key];
      if (what) return may.prune ? <PruneButton what={what} /> : null;
      return may.images ? (
        <LinkButton size="small" href="/images/clean-up?which=unused">
          Clean up…
        </LinkButton>
      ) : null;
    },
  },
];

/** Disk use by type, with the reclaimable part. */
export function DiskTable({ summary, may }: { summary: DiskSummary; may: MayPrune }) {
  const keys: Row['key'][] = ['images', 'containers', 'volumes', 'cache'];
  const most = Math.max(...keys.map((key) => summary[key].size));
  return (
    <Table
      caption="Disk use"
      columns={columns}
      rows={keys.map((key) => ({ ...summary[key], key, may, most }))}
      rowKey={({ key }) => key}
    />
  );
}
