import Link from 'next/link';
import { plannedName } from '@/app/(dashboard)/images/_removal/plan-text';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import { formatCount } from '@/lib/format/text';
import type { PlannedRemoval } from '@/lib/images/removal/schema';
import { imageHref } from '@/lib/images/href';

/** Rows that are shown; all are removed, and the panel's title has the total. */
const shown = 300;

const columns: Column<PlannedRemoval>[] = [
  {
    key: 'name',
    header: 'Image',
    main: true,
    grow: true,
    cell: (image) => (
      <span className="flex min-w-0 flex-col">
        <Link href={imageHref(image.id)} className="link truncate font-mono">
          {plannedName(image)}
        </Link>
        {image.tags.slice(1).map((tag) => (
          <span key={tag} className="truncate font-mono text-sm text-muted">
            {tag}
          </span>
        ))}
        {image.refusal === null ? null : <span className="text-sm text-muted">{image.refusal}</span>}
      </span>
    ),
  },
  {
    key: 'what',
    header: 'Action',
    cell: ({ refusal }) => (refusal === null ? 'Remove' : <span className="text-muted">Keep</span>),
  },
  { key: 'size', header: 'Size', align: 'end', cell: ({ size }) => <ByteSize bytes={size} /> },
  { key: 'created', header: 'Created', align: 'end', cell: ({ created }) => <RelativeTime at={created} /> },
];

/** Each image that a clean-up would remove or has to keep. */
export function PlanTable({ images }: { images: PlannedRemoval[] }) {
  return (
    <>
      <Table
        caption="Clean-up preview"
        columns={columns}
        rows={images.slice(0, shown)}
        rowKey={({ id }) => id}
      />
      {images.length > shown ? (
        <p className="py-3 text-muted">and {formatCount(images.length - shown, 'smaller image')}</p>
      ) : null}
    </>
  );
}
