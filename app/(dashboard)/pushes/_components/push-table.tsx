import Link from 'next/link';
import { operationColumns } from '@/app/_components/operation-columns';
import { type Column, Table } from '@/app/_components/ui/table';
import type { OperationSummary } from '@/lib/operations/status';

const columns: Column<OperationSummary>[] = [
  {
    key: 'target',
    header: 'Pushed as',
    main: true,
    grow: true,
    cell: ({ href, title, status, errorMessage }) => (
      <span className="flex min-w-0 flex-col">
        <Link href={href} className="link truncate font-mono" title={title}>
          {title.replace(/^Push /, '')}
        </Link>
        {errorMessage && status !== 'succeeded' ? (
          <span className="text-sm text-muted sm:truncate">{errorMessage}</span>
        ) : null}
      </span>
    ),
  },
  ...operationColumns,
];

export function PushTable({ pushes }: { pushes: OperationSummary[] }) {
  return <Table caption="Pushes, newest first" columns={columns} rows={pushes} rowKey={({ id }) => id} />;
}
