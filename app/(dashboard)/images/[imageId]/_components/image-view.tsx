import type { ReactNode } from 'react';
import type { MayWithImages } from '@/app/(dashboard)/images/_components/image-menu';
import { LayerStrata } from '@/app/_components/layer-strata/layer-strata';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Panel } from '@/app/_components/ui/panel';
import { Digest } from '@/app/_components/ui/reference';
import { RelativeTime } from '@/app/_components/ui/time';
import { formatCount, shortDigest } from '@/lib/format/text';
import type { HistoryEntry } from '@/lib/engine/images/types';
import type { ImageView as Image } from '@/lib/images/get';
import type { ImageAncestry as Ancestry } from '@/lib/images/ancestry/schema';
import { ImageActions } from './image-actions';
import { ImageAncestry } from './image-ancestry';
import { ImageConfig } from './image-config';
import { ImageUsers } from './image-users';
import { TagList } from './tag-list';

const toLayer = ({ kind, size, instruction, comment, empty, created }: HistoryEntry) => ({
  kind,
  size,
  label: instruction || comment || 'Imported',
  empty,
  created,
});

/** Tags, layers, lineage, configuration and use of one image. */
export function ImageView({
  image,
  recent,
  may,
  children,
  ancestry,
}: {
  image: Image;
  recent?: string;
  may: MayWithImages;
  /** Shown below the tags. */
  children?: ReactNode;
  /** Null while it is not known. */
  ancestry: Ancestry | null;
}) {
  const { id, tags, digests, size, containers, layers, history } = image;
  const empty = history.filter((entry) => entry.empty).length;
  return (
    <>
      <PageHeader
        title={<span className="font-mono break-all">{tags[0] ?? shortDigest(id)}</span>}
        breadcrumbs={[{ label: 'Images', href: '/images' }]}
        meta={
          <>
            <Digest value={id} label="Copy image id" />
            <ByteSize bytes={size} />
            <span>{formatCount(layers.length, 'layer')}</span>
            <span>
              created <RelativeTime at={image.created} />
            </span>
          </>
        }
        actions={<ImageActions image={{ id, tags, size, containers }} may={may} recent={recent} />}
      />
      <div className="flex flex-col gap-6">
        <Panel title="Layers" meta={empty > 0 ? formatCount(empty, 'metadata-only instruction') : undefined}>
          <LayerStrata layers={history.map(toLayer)} />
        </Panel>
        {ancestry ? <ImageAncestry id={id} name={tags[0] ?? shortDigest(id)} ancestry={ancestry} /> : null}
        <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
          <div className="flex flex-col gap-6">
            <TagList image={{ id, tags, digests }} may={may} />
            {children}
            <ImageUsers users={image.users} />
          </div>
          <ImageConfig image={image} />
        </div>
      </div>
    </>
  );
}
