'use client';

import { LayerBar } from '@/app/_components/layer-strata/layer-bar';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import { shortDigest } from '@/lib/format/text';
import type { ImageRow } from '@/lib/images/schema';
import { ImageMenu, type MayWithImages } from './image-menu';
import { ImageNames } from './image-names';
import { SelectImage } from './selection';

type Row = ImageRow & { may: MayWithImages; scale: number };

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Image',
    main: true,
    grow: true,
    cell: ({ id, tags }) => (
      <span className="flex min-w-0 gap-2.5">
        <SelectImage id={id} name={tags[0] ?? shortDigest(id)} />
        <ImageNames id={id} tags={tags} />
      </span>
    ),
  },
  {
    key: 'layers',
    header: 'Layers',
    cell: ({ layers, strata, scale }) => (
      <span className="inline-flex items-center gap-2.5 align-middle">
        {layers === null ? null : <LayerBar strata={strata} scale={scale} className="h-2.5 w-24 sm:w-36" />}
        <span className="min-w-4 text-right tabular-nums">{layers ?? '–'}</span>
      </span>
    ),
  },
  { key: 'size', header: 'Size', align: 'end', cell: ({ size }) => <ByteSize bytes={size} /> },
  {
    key: 'own',
    header: (
      <span title="Layers that no other image uses: freed when this image is removed">Unique size</span>
    ),
    align: 'end',
    from: 'md',
    cell: ({ own }) => (own === null ? <span className="text-faint">–</span> : <ByteSize bytes={own} />),
  },
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
  const largest = Math.max(...images.map(({ size }) => size), 1);
  return (
    <Table
      caption="Images"
      columns={columns}
      rows={images.map((image) => ({ ...image, may, scale: image.size / largest }))}
      rowKey={({ id }) => id}
    />
  );
}
