import { ByteSize } from '@/app/_components/ui/byte-size';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import type { ImageRow } from '@/lib/images/schema';
import { ImageMenu, type MayWithImages } from './image-menu';
import { ImageNames } from './image-names';

type Row = ImageRow & { may: MayWithImages };

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Image',
    main: true,
    grow: true,
    cell: ({ id, tags }) => <ImageNames id={id} tags={tags} />,
  },
  {
    key: 'layers',
    header: 'Layers',
    cell: ({ layers }) => <span className="tabular-nums">{layers ?? '–'}</span>,
  },
  { key: 'size', header: 'Size', align: 'end', cell: ({ size }) => <ByteSize bytes={size} /> },
  {
    key: 'containers',
    header: 'Containers',
    align: 'end',
    from: 'md',
    cell: ({ containers }) => (containers > 0 ? containers : <span className="text-faint">none</span>),
  },
  { key: 'created', header: 'Created', align: 'end', cell: ({ created }) => <RelativeTime at={created} /> },
  {
    key: 'actions',
    header: 'Actions',
    actions: true,
    cell: ({ may, id, tags, size, containers }) => (
      <ImageMenu image={{ id, tags, size, containers }} may={may} withPush />
    ),
  },
];

export function ImageTable({ images, may }: { images: ImageRow[]; may: MayWithImages }) {
  return (
    <Table
      caption="Images"
      columns={columns}
      rows={images.map((image) => ({ ...image, may }))}
      rowKey={({ id }) => id}
    />
  );
}
