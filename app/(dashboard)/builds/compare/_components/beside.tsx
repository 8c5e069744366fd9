import type { ReactNode } from 'react';
import { buildName } from '@/app/(dashboard)/builds/_components/build-columns';
import { type Column, Table } from '@/app/_components/ui/table';
import type { BuildSummary } from '@/lib/builds/schema';

interface BesideRow {
  key: string;
  what: ReactNode;
  before: ReactNode;
  after: ReactNode;
  /** The difference, with its sign. */
  difference?: ReactNode;
}

export interface Two {
  before: BuildSummary;
  after: BuildSummary;
}

/** `#4` and `#5`; with the project's name if the projects differ. */
export const headsOf = ({ before, after }: Two): [string, string] =>
  before.projectName === after.projectName
    ? [`#${before.number}`, `#${after.number}`]
    : [buildName(before), buildName(after)];

/** Two builds side by side, row by row. */
export function Beside({
  caption,
  what,
  rows,
  before,
  after,
}: Two & { caption: string; what: string; rows: BesideRow[] }) {
  const [old, young] = headsOf({ before, after });
  const columns: Column<BesideRow>[] = [
    { key: 'what', header: what, main: true, grow: true, cell: (row) => row.what },
    {
      key: 'before',
      header: old,
      align: 'end',
      // On a phone: too wide to fit beside the row's name.
      cell: (row) => <span className="max-sm:inline-block max-sm:min-w-24">{row.before}</span>,
    },
    { key: 'after', header: young, align: 'end', cell: (row) => row.after },
    ...(rows.some((row) => row.difference !== undefined)
      ? [
          {
            key: 'difference',
            // Its sign suffices on a phone.
            header: <span className="max-sm:hidden">Difference</span>,
            align: 'end' as const,
            cell: (row: BesideRow) => row.difference ?? null,
          },
        ]
      : []),
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={(row) => row.key} />;
}
