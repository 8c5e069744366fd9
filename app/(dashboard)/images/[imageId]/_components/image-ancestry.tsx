import Link from 'next/link';
import { GroundList } from '@/app/(dashboard)/images/tree/_components/ground-list';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import { formatCount } from '@/lib/format/text';
import type { ImageAncestry as Ancestry } from '@/lib/images/ancestry/schema';

/** Descendants that are listed here; the tree has all of them. */
const shown = 20;

/** The images that it is built on, from the base up, and its descendants. */
export function ImageAncestry({ id, name, ancestry }: { id: string; name: string; ancestry: Ancestry }) {
  const { ground, carries, carriesAll, shared, own, unknown } = ancestry;
  const scale = Math.max(...[...ground, ...carries].map(({ height }) => height), 1);
  const family = `/images/tree?q=${encodeURIComponent(name)}`;
  return (
    <Panel
      title="Lineage"
      meta={
        <>
          <ByteSize bytes={shared} /> shared with other images, <ByteSize bytes={own} /> unique{' '}
          {unknown > 0 ? `; ${formatCount(unknown, 'image')} not read yet` : ''}
        </>
      }
      actions={
        <Link href={family} className="link text-sm">
          View full tree
        </Link>
      }
      padding="flush"
    >
      <h3 className="pt-1 text-sm font-medium text-muted">
        {ground.length > 1 ? 'Based on' : 'Not based on another image here'}
      </h3>
      <GroundList label="Based on" rows={ground} highest={scale} current={id} />
      <h3 className="border-t border-line pt-3 text-sm font-medium text-muted">
        {carriesAll > 0 ? formatCount(carriesAll, 'descendant') : 'No descendants'}
      </h3>
      {carries.length > 0 ? (
        <GroundList label="Descendants" rows={carries.slice(0, shown)} highest={scale} />
      ) : null}
      {carries.length > shown ? (
        <p className="py-2 text-sm text-muted">
          and{' '}
          <Link href={family} className="link">
            {carries.length - shown} more
          </Link>
        </p>
      ) : null}
    </Panel>
  );
}
