import Link from 'next/link';
import { Reference } from '@/app/_components/ui/reference';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import { workbenchHref } from '@/lib/workbenches/choices';
import type { ListedWorkbench } from '@/lib/workbenches/schema';
import { EndButton } from './end-button';
import { WorkbenchMark } from './workbench-mark';

const columnsFor = (mayEnd: boolean): Column<ListedWorkbench>[] => [
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
  {
    key: 'state',
    header: 'State',
    cell: (workbench) => (
      <span className="flex flex-col">
        <WorkbenchMark workbench={workbench} paused={workbench.paused} />
        {workbench.unwatchedSince === null ? null : (
          <span className="text-sm text-muted">
            Last watched <RelativeTime at={workbench.unwatchedSince} />
          </span>
        )}
      </span>
    ),
  },
  { key: 'commands', header: 'Commands', align: 'end', from: 'md', cell: ({ commandCount }) => commandCount },
  { key: 'when', header: 'Started', align: 'end', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  { key: 'by', header: 'By', from: 'lg', cell: ({ userName }) => userName ?? '–' },
  {
    key: 'end',
    header: 'End',
    actions: true,
    cell: (workbench) =>
      mayEnd && workbench.open && !workbench.paused ? <EndButton workbench={workbench} /> : null,
  },
];

export function WorkbenchTable({ workbenches, mayEnd }: { workbenches: ListedWorkbench[]; mayEnd: boolean }) {
  return (
    <Table
      caption="Workbenches, newest first"
      columns={columnsFor(mayEnd)}
      rows={workbenches}
      rowKey={({ id }) => id}
    />
  );
}
