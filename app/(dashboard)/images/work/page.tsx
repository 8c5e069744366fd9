import { History } from 'lucide-react';
import { RefreshOnChange } from '@/app/_components/live/refresh-on-change';
import { ImageTabs } from '@/app/(dashboard)/images/_components/image-tabs';
import { LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Pagination } from '@/app/_components/ui/pagination';
import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { isWorkKind, workKinds, type WorkKind } from '@/lib/images/work/schema';
import { operationId } from '@/lib/operations/schema';
import { listOperations } from '@/lib/operations/store';
import { WorkFilter } from './_components/work-filter';
import { WorkTable } from './_components/work-table';

export const metadata = { title: 'Image history' };

const pageSize = 50;

const hrefOf = (kind: WorkKind | null, before?: string) => {
  const query = new URLSearchParams({ ...(kind && { kind }), ...(before && { before }) });
  return query.size ? `/images/work?${query}` : '/images/work';
};

export default async function ImageWorkPage({ searchParams }: PageProps<'/images/work'>) {
  await requirePermission('operation:read');
  const asked = await searchParams;
  const kind = isWorkKind(asked.kind) ? asked.kind : null;
  const before = operationId.safeParse(asked.before).data;
  // One more than is shown, to know whether there is another page.
  const found = await listOperations({
    kinds: kind ? [kind] : Object.keys(workKinds),
    before,
    limit: pageSize + 1,
  });
  const work = found.slice(0, pageSize);
  return (
    <>
      <RefreshOnChange />
      <PageHeader title="Images" meta="Pulls, pushes and clean-ups" />
      <ImageTabs />
      <WorkFilter kind={kind} />
      {work.length ? (
        <Panel padding="flush">
          <WorkTable work={work} />
        </Panel>
      ) : (
        <EmptyState
          icon={<History />}
          title={kind ? `No ${workKinds[kind].toLowerCase()} yet` : 'No image operations yet'}
          actions={
            kind ? (
              <LinkButton href="/images/work">Show all</LinkButton>
            ) : (
              <LinkButton href="/images/add">Pull an image</LinkButton>
            )
          }
        >
          Pushes, pulls, loads, imports and removals appear here with their logs.
        </EmptyState>
      )}
      <Pagination
        newerHref={before ? hrefOf(kind) : null}
        newerLabel="Newest"
        olderHref={found.length > pageSize ? hrefOf(kind, work.at(-1)!.id) : null}
      />
    </>
  );
}
