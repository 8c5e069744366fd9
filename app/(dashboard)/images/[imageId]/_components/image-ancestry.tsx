import Link from 'next/link';
import { GroundList } from '@/app/(dashboard)/images/tree/_components/ground-list';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import { formatCount } from '@/lib/format/text';
import type { ImageAncestry as Ancestry } from '@/lib/images/ancestry/schema';

/** Images that stand on this one and are listed here; the tree has them all. */
const shown = 20;

/** What the image stands on, from the bottom up, and what stands on it. */
export function ImageAncestry({ id, name, ancestry }: { id: string; name: string; ancestry: Ancestry }) {
  const { ground, carries, carriesAll, shared, own, unknown } = ancestry;
  const scale = Math.max(...[...ground, ...carries].map(({ height }) => height), 1);
  const family = `/images/tree?q=${encodeURIComponent(name)}`;
  return (
    <Panel
      title="Ancestry"
      meta={
        <>
          shares <ByteSize bytes={shared} /> with other images, <ByteSize bytes={own} /> are its own
          {unknown > 0 ? `; ${formatCount(unknown, 'image')} not read yet` : ''}
        </>
      }
      actions={
        <Link href={family} className="link text-sm">
          Whole family
        </Link>
      }
      padding="flush"
    >
      <h3 className="pt-1 text-sm font-medium text-muted">
        {ground.length > 1 ? 'Stands on' : 'Stands on no other image here'}
      </h3>
      <GroundList label="Stands on" rows={ground} highest={scale} current={id} />
      <h3 className="border-t border-line pt-3 text-sm font-medium text-muted">
        {carriesAll > 0 ? `Carries ${formatCount(carriesAll, 'image')}` : 'Carries no other image here'}
      </h3>
      {carries.length > 0 ? (
        <GroundList label="Carries" rows={carries.slice(0, shown)} highest={scale} />
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
