import { Upload } from 'lucide-react';
import { RefreshOnChange } from '@/app/_components/live/refresh-on-change';
import { LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Pagination } from '@/app/_components/ui/pagination';
import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { pushOperation } from '@/lib/images/push';
import { operationId } from '@/lib/operations/schema';
import { PushTable } from './_components/push-table';

export const metadata = { title: 'Pushes' };

const pageSize = 50;

export default async function PushesPage({ searchParams }: PageProps<'/pushes'>) {
  await requirePermission('operation:read');
  const before = operationId.safeParse((await searchParams).before).data;
  // One more than is shown, to know whether there is another page.
  const found = await pushOperation.list({ before, limit: pageSize + 1 });
  const pushes = found.slice(0, pageSize).map(({ operation }) => operation);
  return (
    <>
      <RefreshOnChange />
      <PageHeader
        title="Pushes"
        breadcrumbs={[{ label: 'Images', href: '/images' }]}
        meta="Images pushed to registries"
      />
      {pushes.length ? (
        <Panel padding="flush">
          <PushTable pushes={pushes} />
        </Panel>
      ) : (
        <EmptyState
          icon={<Upload />}
          title="No pushes yet"
          actions={<LinkButton href="/images">Choose an image</LinkButton>}
        >
          Push an image from its page, from a build or from a project. A push succeeds when the registry
          returns the same digest.
        </EmptyState>
      )}
      <Pagination
        newerHref={before ? '/pushes' : null}
        newerLabel="Newest"
        olderHref={found.length > pageSize ? `/pushes?before=${pushes.at(-1)!.id}` : null}
      />
    </>
  );
}
