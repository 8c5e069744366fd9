import Link from 'next/link';
import { plannedName } from '@/app/(dashboard)/images/_removal/plan-text';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { type Column, Table } from '@/app/_components/ui/table';
import { RelativeTime } from '@/app/_components/ui/time';
import { formatCount } from '@/lib/format/text';
import type { PlannedRemoval } from '@/lib/images/removal/schema';
import { imageHref } from '@/lib/images/href';

/** Rows that are shown; all are removed, and the head says how many those are. */
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
    header: 'What happens',
    cell: ({ refusal }) => (refusal === null ? 'Goes' : <span className="text-muted">Stays</span>),
  },
  { key: 'size', header: 'Size', align: 'end', cell: ({ size }) => <ByteSize bytes={size} /> },
  { key: 'created', header: 'Created', align: 'end', cell: ({ created }) => <RelativeTime at={created} /> },
];

/** Each image that a clean-up would take, or would have to leave. */
export function PlanTable({ images }: { images: PlannedRemoval[] }) {
  return (
    <>
      <Table
        caption="What would go"
        columns={columns}
        rows={images.slice(0, shown)}
        rowKey={({ id }) => id}
      />
      {images.length > shown ? (
        <p className="py-3 text-muted">
          and {formatCount(images.length - shown, 'smaller image')}, which would go with them
        </p>
      ) : null}
    </>
  );
}
