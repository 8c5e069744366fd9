import Link from 'next/link';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { StatusMark } from '@/app/_components/ui/status-mark';
import type { Column } from '@/app/_components/ui/table';
import { Duration, RelativeTime } from '@/app/_components/ui/time';
import type { BuildSummary } from '@/lib/builds/schema';
import { CacheShare } from './cache-share';

export const buildName = (build: BuildSummary) => `${build.projectName} #${build.number}`;

/** Columns of every list of builds. */
export const buildColumns: Column<BuildSummary>[] = [
  {
    key: 'build',
    header: 'Build',
    main: true,
    grow: true,
    cell: (build) => (
      <span className="flex min-w-0 flex-col">
        <Link href={build.href} className="link truncate font-medium">
          {buildName(build)}
        </Link>
        <span className="truncate font-mono text-sm text-muted">
          {build.errorMessage && build.status !== 'succeeded' ? (
            <span className="font-sans">{build.errorMessage}</span>
          ) : (
            build.tags.join(', ')
          )}
        </span>
      </span>
    ),
  },
  { key: 'status', header: 'Status', cell: (build) => <StatusMark status={build.status} /> },
  { key: 'cache', header: 'Cached', cell: (build) => <CacheShare build={build} /> },
  {
    key: 'size',
    header: 'Size',
    align: 'end',
    cell: (build) => (build.imageSize === null ? '–' : <ByteSize bytes={build.imageSize} />),
  },
  {
    key: 'duration',
    header: 'Time',
    align: 'end',
    cell: (build) =>
      build.startedAt === null ? '–' : <Duration from={build.startedAt} to={build.endedAt} />,
  },
  {
    key: 'when',
    header: 'Started',
    align: 'end',
    cell: (build) => <RelativeTime at={build.startedAt ?? build.queuedAt} />,
  },
  { key: 'by', header: 'By', from: 'lg', cell: (build) => build.userName ?? '–' },
];
