import Link from 'next/link';
import { StatusMark } from '@/app/_components/ui/status-mark';
import { type Column, Table } from '@/app/_components/ui/table';
import { Duration, RelativeTime } from '@/app/_components/ui/time';
import { isEnded, operationHref, type OperationSummary } from '@/lib/operations/schema';

const columns: Column<OperationSummary>[] = [
  {
    key: 'title',
    header: 'What',
    main: true,
    grow: true,
    cell: ({ id, kind, title, status, errorMessage }) => {
      const [verb = '', ...rest] = title.split(' ');
      return (
        <span className="flex min-w-0 flex-col">
          <Link href={operationHref(kind, id)} className="link truncate" title={title}>
            {verb} <span className="font-mono">{rest.join(' ')}</span>
          </Link>
          {errorMessage && status !== 'succeeded' ? (
            <span className="text-sm text-muted sm:truncate">{errorMessage}</span>
          ) : null}
        </span>
      );
    },
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

export function WorkTable({ work }: { work: OperationSummary[] }) {
  return (
    <Table
      caption="What was done with images, newest first"
      columns={columns}
      rows={work}
      rowKey={({ id }) => id}
    />
  );
}
