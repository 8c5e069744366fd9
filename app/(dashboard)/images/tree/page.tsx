import { Network } from 'lucide-react';
import Form from 'next/form';
import { RefreshOnChange } from '@/app/_components/live/refresh-on-change';
import { ImageTabs } from '@/app/(dashboard)/images/_components/image-tabs';
import { settle } from '@/app/(dashboard)/images/_components/settle';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Notice } from '@/app/_components/ui/notice';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Pagination } from '@/app/_components/ui/pagination';
import { Panel } from '@/app/_components/ui/panel';
import { SearchField } from '@/app/_components/ui/search-field';
import { RelativeTime } from '@/app/_components/ui/time';
import { Toolbar } from '@/app/_components/ui/toolbar';
import { requirePermission } from '@/lib/auth/require-user';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import { readTreePage } from '@/lib/images/ancestry/read-tree';
import { treeFilter, type TreeFilter, type TreePage, treePageSize } from '@/lib/images/ancestry/schema';
import { GroundList } from './_components/ground-list';
import { RefreshUntilKnown } from './_components/refresh-until-known';

export const metadata = { title: 'Ancestry of images' };

export default async function TreePageView({ searchParams }: PageProps<'/images/tree'>) {
  await requirePermission('image:read');
  const filter = treeFilter.parse(await searchParams);
  const page = await settle(readTreePage(filter));
  return (
    <>
      <RefreshOnChange />
      <PageHeader title="Images" meta={page.ok ? <Sums page={page.value} /> : 'What stands on what'} />
      <ImageTabs />
      <Form action="/images/tree">
        <Toolbar>
          <SearchField label="Search tag or id" name="q" defaultValue={filter.q} hotkey />
          <Button type="submit">Show its family</Button>
        </Toolbar>
      </Form>
      {page.ok ? (
        <Tree page={page.value} filter={filter} />
      ) : (
        <ErrorState title="The images cannot be looked at now" error={page.error} />
      )}
    </>
  );
}

function Sums({ page: { images, bytes, apart } }: { page: TreePage }) {
  const saved = apart - bytes;
  return (
    <>
      <span>{formatCount(images, 'image')}</span>
      <span>
        <ByteSize bytes={bytes} /> of layers
      </span>
      {saved > 0 ? <span>sharing saves {formatBytes(saved)}</span> : null}
    </>
  );
}

const hrefOf = (q: string, from: number) => {
  const query = new URLSearchParams({ ...(q && { q }), ...(from > 0 && { from: String(from) }) });
  return query.size ? `/images/tree?${query}` : '/images/tree';
};

function Tree({ page, filter }: { page: TreePage; filter: TreeFilter }) {
  const { rows, total, from, highest, unknown, asOf } = page;
  return (
    <>
      {asOf === null ? null : (
        <div className="mb-4">
          <Notice tone="warning">
            These are the images that the engine had <RelativeTime at={asOf} />. It cannot be asked now.
          </Notice>
        </div>
      )}
      {unknown > 0 && asOf === null ? (
        <div className="mb-4">
          <RefreshUntilKnown />
          <Notice>
            The layers of {formatCount(unknown, 'image')} are still being read; the picture grows by itself.
          </Notice>
        </div>
      ) : null}
      {rows.length ? (
        <Panel title="What stands on what" meta="Hatched: shared with what it stands on" padding="flush">
          <GroundList label="Images by what they stand on" rows={rows} highest={highest} />
        </Panel>
      ) : unknown > 0 ? null : (
        <EmptyState
          icon={<Network />}
          title={filter.q ? 'No image matches' : 'The engine has no images yet'}
          actions={
            filter.q ? (
              <LinkButton href="/images/tree">Show all families</LinkButton>
            ) : (
              <LinkButton href="/images">Images</LinkButton>
            )
          }
        >
          {filter.q
            ? 'Words are looked for in tags and ids; all of them must be found.'
            : 'Images that share their lower layers appear here as a family, on common ground.'}
        </EmptyState>
      )}
      <Pagination
        newerLabel="Previous"
        olderLabel="Next"
        newerHref={from > 0 ? hrefOf(filter.q, Math.max(from - treePageSize, 0)) : null}
        olderHref={from + rows.length < total ? hrefOf(filter.q, from + treePageSize) : null}
      >
        {from + 1} to {from + rows.length} of {total}
      </Pagination>
    </>
  );
}
