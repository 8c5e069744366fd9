import { headers } from 'next/headers';
import { settle } from '@/app/(dashboard)/images/_components/settle';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Pagination } from '@/app/_components/ui/pagination';
import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { listContainerPage } from '@/lib/containers/list';
import { portHosts } from '@/lib/containers/published';
import { containerFilter } from '@/lib/containers/schema';
import { defaultEngine } from '@/lib/engine/engines';
import { formatCount } from '@/lib/format/text';
import { listContainerIds } from '@/lib/workbenches/store';
import { ContainerFilters } from './_components/container-filters';
import { ContainerTable } from './_components/container-table';
import { filterHref } from './_components/filter-href';
import { mayWithContainers } from './_components/may-with-containers';
import { NoContainers } from './_components/no-containers';
import { RefreshOnContainers } from './_components/refresh-on-containers';

export const metadata = { title: 'Containers' };

export default async function ContainersPage({ searchParams }: PageProps<'/containers'>) {
  const user = await requirePermission('container:read');
  const filter = containerFilter.parse(await searchParams);
  const [page, workbenches] = await Promise.all([
    settle(listContainerPage(defaultEngine(), filter)),
    listContainerIds(),
  ]);
  const hosts = portHosts(defaultEngine(), (await headers()).get('host'));
  const at = (after: string | null) => filterHref({ ...filter, after: after ?? undefined });
  return (
    <>
      <RefreshOnContainers />
      <PageHeader
        title="Containers"
        meta={
          page.ok
            ? `${formatCount(page.value.total, 'container')}, ${page.value.running} running`
            : 'Running and stopped containers'
        }
      />
      <ContainerFilters filter={filter} />
      {!page.ok ? (
        <ErrorState title="The containers cannot be listed now" error={page.error} />
      ) : page.value.rows.length > 0 ? (
        <>
          <Panel padding="flush">
            <ContainerTable
              containers={page.value.rows}
              workbenches={workbenches}
              may={mayWithContainers(user)}
              hosts={hosts}
            />
          </Panel>
          <Pagination
            newerLabel="Previous"
            olderLabel="Next"
            newerHref={page.value.newer === undefined ? null : at(page.value.newer)}
            olderHref={page.value.older === null ? null : at(page.value.older)}
          >
            {page.value.first} to {page.value.first + page.value.rows.length - 1} of {page.value.matching}
          </Pagination>
        </>
      ) : (
        <NoContainers filtered={filter.q !== '' || filter.view !== 'all'} />
      )}
    </>
  );
}
