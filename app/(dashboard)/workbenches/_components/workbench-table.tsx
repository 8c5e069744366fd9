import Link from 'next/link';
import { Reference } from '@/app/_components/ui/reference';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import { workbenchHref } from '@/lib/workbenches/choices';
import type { WorkbenchSummary } from '@/lib/workbenches/schema';
import { WorkbenchMark } from './workbench-mark';

const columns: Column<WorkbenchSummary>[] = [
  {
    key: 'name',
    header: 'Workbench',
    main: true,
    cell: ({ id, name, origin }) => (
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <Link href={workbenchHref(id)} className="link truncate font-mono">
          {name}
        </Link>
        {origin === 'run' ? null : (
          <span className="text-sm text-muted">
            {origin === 'exec' ? 'a shell in a container' : 'attached to a container'}
          </span>
        )}
      </span>
    ),
  },
  {
    key: 'image',
    header: 'Image',
    grow: true,
    cell: ({ imageReference }) => <Reference value={imageReference} />,
  },
  { key: 'state', header: 'State', cell: (workbench) => <WorkbenchMark workbench={workbench} /> },
  { key: 'commands', header: 'Commands', align: 'end', from: 'md', cell: ({ commandCount }) => commandCount },
  { key: 'when', header: 'Started', align: 'end', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  { key: 'by', header: 'By', from: 'lg', cell: ({ userName }) => userName ?? '–' },
];

export function WorkbenchTable({ workbenches }: { workbenches: WorkbenchSummary[] }) {
  return (
    <Table caption="Workbenches, newest first" columns={columns} rows={workbenches} rowKey={({ id }) => id} />
  );
}
