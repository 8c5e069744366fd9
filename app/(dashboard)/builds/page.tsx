import { Hammer } from 'lucide-react';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { LinkButton } from '@/app/_components/ui/button';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Pagination } from '@/app/_components/ui/pagination';
import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { buildFilter } from '@/lib/builds/schema';
import { listBuilds } from '@/lib/builds/store';
import { BuildFilters } from './_components/build-filters';
import { BuildTable } from './_components/build-table';
import { filterHref } from './_components/filter-href';

export const metadata = { title: 'Builds' };

const pageSize = 50;

export default async function BuildsPage({ searchParams }: PageProps<'/builds'>) {
  const user = await requirePermission('build:read');
  const filter = buildFilter.catch({}).parse(await searchParams);
  const { builds, more } = await listBuilds(filter, pageSize);
  const filtered = Boolean(filter.q || filter.status || filter.project);
  const older = more ? filterHref({ ...filter, before: builds.at(-1)!.id }) : null;
  const newest = filter.before ? filterHref({ ...filter, before: undefined }) : null;
  return (
    <>
      <PageHeader title="Builds" meta="Build history and logs" />
      <BuildFilters filter={filter} />
      {builds.length ? (
        <Panel padding="flush">
          <BuildTable builds={builds} choice mayDelete={can(user, 'build:delete')} />
        </Panel>
      ) : (
        <EmptyState
          icon={<Hammer />}
          title={filtered || filter.before ? 'No build matches' : 'No builds yet'}
          actions={
            filtered || filter.before ? (
              <LinkButton href="/builds">Show all builds</LinkButton>
            ) : (
              <LinkButton variant="primary" href="/projects">
                Select a project to build
              </LinkButton>
            )
          }
        >
          {filtered || filter.before
            ? 'Change the search or the status.'
            : 'Builds start from a project. Each is kept with its log, timing and inputs.'}
        </EmptyState>
      )}
      <Pagination newerHref={newest} newerLabel="Newest" olderHref={older} />
    </>
  );
}
