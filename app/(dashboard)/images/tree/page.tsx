import { Network } from 'lucide-react';
import Form from 'next/form';
import { RefreshOnImages } from '@/app/(dashboard)/images/_components/refresh-on-images';
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
import { defaultEngine } from '@/lib/engine/engines';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import { readTreePage } from '@/lib/images/ancestry/read-tree';
import { treeFilter, type TreeFilter, type TreePage, treePageSize } from '@/lib/images/ancestry/schema';
import { GroundList } from './_components/ground-list';
import { RefreshUntilKnown } from './_components/refresh-until-known';

export const metadata = { title: 'Image lineage' };

export default async function TreePageView({ searchParams }: PageProps<'/images/tree'>) {
  await requirePermission('image:read');
  const filter = treeFilter.parse(await searchParams);
  const page = await settle(readTreePage(defaultEngine(), filter));
  return (
    <>
      <RefreshOnImages />
      <PageHeader title="Images" meta={page.ok ? <Sums page={page.value} /> : 'Image lineage'} />
      <ImageTabs />
      <Form action="/images/tree">
        <Toolbar>
          <SearchField label="Search tag or id" name="q" defaultValue={filter.q} hotkey />
          <Button type="submit">Show lineage</Button>
        </Toolbar>
      </Form>
      {page.ok ? (
        <Tree page={page.value} filter={filter} />
      ) : (
        <ErrorState title="The images cannot be read now" error={page.error} />
      )}
    </>
  );
}

function Sums({ page: { images, bytes, apart, unknownLayers } }: { page: TreePage }) {
  const saved = apart - bytes;
  return (
    <>
      <span>{formatCount(images, 'image')}</span>
      <span>
        <ByteSize bytes={bytes} /> of layers
        {unknownLayers > 0 ? `, ${unknownLayers} more of unknown size` : ''}
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
            The engine cannot be reached. This list was read <RelativeTime at={asOf} />.
          </Notice>
        </div>
      )}
      {unknown > 0 && asOf === null ? (
        <div className="mb-4">
          <RefreshUntilKnown />
          <Notice>
            Reading the layers of {formatCount(unknown, 'image')}; this page updates automatically.
          </Notice>
        </div>
      ) : null}
      {rows.length ? (
        <Panel title="Image lineage" meta="Hatched: shared with the parent" padding="flush">
          <GroundList label="Image lineage" rows={rows} highest={highest} />
        </Panel>
      ) : unknown > 0 ? null : (
        <EmptyState
          icon={<Network />}
          title={filter.q ? 'No image matches' : 'The engine has no images yet'}
          actions={
            filter.q ? (
              <LinkButton href="/images/tree">Show all</LinkButton>
            ) : (
              <LinkButton href="/images">Images</LinkButton>
            )
          }
        >
          {filter.q
            ? 'The search covers tags and ids; every word must match.'
            : 'Images that share lower layers are shown here as a tree.'}
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
