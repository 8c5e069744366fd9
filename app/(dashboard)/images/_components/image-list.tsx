import { Notice } from '@/app/_components/ui/notice';
import { Pagination } from '@/app/_components/ui/pagination';
import { Panel } from '@/app/_components/ui/panel';
import { RelativeTime } from '@/app/_components/ui/time';
import { type ImageFilter, type ImagePage, isFiltered } from '@/lib/images/schema';
import { filterHref } from './filter-href';
import type { MayWithImages } from './image-menu';
import { ImageTable } from './image-table';
import { NoImages } from './no-images';
import { ImageSelection } from './selection';

/** One page of the list, with pagination. */
export function ImageList({
  page,
  filter,
  may,
}: {
  page: ImagePage;
  filter: ImageFilter;
  may: MayWithImages;
}) {
  const { rows, asOf, first, matching, newer, older } = page;
  const at = (after: string | null) => filterHref({ ...filter, after: after ?? undefined });
  return (
    <>
      {asOf === null ? null : (
        <div className="mb-4">
          <Notice tone="warning">
            The engine cannot be reached. This list was read <RelativeTime at={asOf} />.
          </Notice>
        </div>
      )}
      {rows.length ? (
        <Panel padding="flush">
          <ImageSelection
            images={rows.map(({ id, tags, size }) => ({ id, tags, size }))}
            may={{ remove: may.remove && asOf === null, save: may.save && asOf === null }}
          >
            <ImageTable images={rows} may={may} />
          </ImageSelection>
        </Panel>
      ) : (
        <NoImages filtered={isFiltered(filter)} mayAdd={may.pull} />
      )}
      <Pagination
        newerLabel="Previous"
        olderLabel="Next"
        newerHref={newer === undefined ? null : at(newer)}
        olderHref={older === null ? null : at(older)}
      >
        {first} to {first + rows.length - 1} of {matching}
      </Pagination>
    </>
  );
}
