import { StatusMark } from '@/app/_components/ui/status-mark';
import type { Column } from '@/app/_components/ui/table';
import { Duration, RelativeTime } from '@/app/_components/ui/time';
import { isEnded, type OperationSummary } from '@/lib/operations/status';

/** Status, duration, start and user of an operation, for any table of operations. */
export const operationColumns: Column<OperationSummary>[] = [
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
