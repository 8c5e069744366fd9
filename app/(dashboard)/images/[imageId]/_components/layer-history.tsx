import { KindBadge } from '@/app/_components/ui/badge';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import type { HistoryEntry } from '@/lib/engine/types';

type Row = HistoryEntry & { number: number };

const columns: Column<Row>[] = [
  {
    key: 'number',
    header: '#',
    align: 'end',
    cell: ({ number }) => <span className="text-faint">{number}</span>,
  },
  { key: 'kind', header: 'Kind', cell: ({ kind }) => <KindBadge kind={kind} /> },
  {
    key: 'instruction',
    header: 'Instruction',
    main: true,
    grow: true,
    cell: ({ instruction, comment }) => (
      <code className="block font-mono text-sm break-words whitespace-pre-wrap">
        {instruction || comment || 'not said'}
      </code>
    ),
  },
  {
    key: 'size',
    header: 'Size',
    align: 'end',
    cell: ({ size, empty }) =>
      empty ? <span className="text-faint">no layer</span> : <ByteSize bytes={size} />,
  },
  {
    key: 'created',
    header: 'Created',
    align: 'end',
    from: 'md',
    cell: ({ created }) => (created > 0 ? <RelativeTime at={created} /> : '–'),
  },
];

/** What made the image, instruction by instruction, oldest first as a Dockerfile reads. */
export function LayerHistory({ history }: { history: HistoryEntry[] }) {
  const rows = history.map((entry, index) => ({ ...entry, number: index + 1 }));
  return (
    <Table
      caption="Instructions and their layers"
      columns={columns}
      rows={rows}
      rowKey={({ number }) => String(number)}
    />
  );
}
