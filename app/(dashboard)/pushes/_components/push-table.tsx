import Link from 'next/link';
import { StatusMark } from '@/app/_components/ui/status-mark';
import { type Column, Table } from '@/app/_components/ui/table';
import { Duration, RelativeTime } from '@/app/_components/ui/time';
import { isEnded, type OperationSummary } from '@/lib/operations/status';

const columns: Column<OperationSummary>[] = [
  {
    key: 'target',
    header: 'Pushed as',
    main: true,
    grow: true,
    cell: ({ id, title, status, errorMessage }) => (
      <span className="flex min-w-0 flex-col">
        <Link href={`/pushes/${id}`} className="link truncate font-mono" title={title}>
          {title.replace(/^Push /, '')}
        </Link>
        {errorMessage && status !== 'succeeded' ? (
          <span className="text-sm text-muted sm:truncate">{errorMessage}</span>
        ) : null}
      </span>
    ),
  },
  { key: 'status', header: 'Status', cell: ({ status }) => <StatusMark status={status} /> },
  {
    key: 'duration',
    header: 'Time',
    align: 'end',
    cell: ({ status, startedAt, endedAt }) =>
      startedAt === null ? '–' : <Duration from={startedAt} to={endedAt} live={!isEnded(status)} />,
  },
  {
    key: 'when',
    header: 'Started',
    align: 'end',
    cell: ({ startedAt, queuedAt }) => <RelativeTime at={startedAt ?? queuedAt} />,
  },
  { key: 'by', header: 'By', from: 'lg', cell: ({ userName }) => userName ?? '–' },
];

export function PushTable({ pushes }: { pushes: OperationSummary[] }) {
  return <Table caption="Pushes, newest first" columns={columns} rows={pushes} rowKey={({ id }) => id} />;
}
