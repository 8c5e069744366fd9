import Link from 'next/link';
import { operationColumns } from '@/app/_components/operation-columns';
import { type Column, Table } from '@/app/_components/ui/table';
import type { OperationSummary } from '@/lib/operations/status';

const columns: Column<OperationSummary>[] = [
  {
    key: 'title',
    header: 'Operation',
    main: true,
    grow: true,
    cell: ({ href, title, status, errorMessage }) => {
      const [verb = '', ...rest] = title.split(' ');
      return (
        <span className="flex min-w-0 flex-col">
          <Link href={href} className="link truncate" title={title}>
            {verb} <span className="font-mono">{rest.join(' ')}</span>
          </Link>
          {errorMessage && status !== 'succeeded' ? (
            <span className="text-sm text-muted sm:truncate">{errorMessage}</span>
          ) : null}
        </span>
      );
    },
  },
  ...operationColumns,
];

export function WorkTable({ work }: { work: OperationSummary[] }) {
  return (
    <Table caption="Image operations, newest first" columns={columns} rows={work} rowKey={({ id }) => id} />
  );
}
