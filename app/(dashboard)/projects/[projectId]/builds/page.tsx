import { Hammer } from 'lucide-react';
import { BuildTable } from '@/app/(dashboard)/builds/_components/build-table';
import { TrendPanel } from '@/app/(dashboard)/builds/_components/trend-panel';
import { projectHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { Pagination } from '@/app/_components/ui/pagination';
import { Panel } from '@/app/_components/ui/panel';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { buildFilter } from '@/lib/builds/schema';
import { listBuilds, listTrend } from '@/lib/builds/store';
import { loadProject } from '@/app/(dashboard)/projects/[projectId]/load-project';

export const metadata = { title: 'Builds' };

const pageSize = 25;
/** Builds in the charts: as many as a phone can show apart. */
const trendLength = 30;

/** The build history of a project. */
export default async function ProjectBuildsPage({
  params,
  searchParams,
}: PageProps<'/projects/[projectId]/builds'>) {
  const user = await requirePermission('build:read');
  const { id } = await loadProject((await params).projectId);
  const { before } = buildFilter.catch({}).parse(await searchParams);
  const [{ builds, more }, trend] = await Promise.all([
    listBuilds({ project: id, before }, pageSize),
    before ? [] : listTrend(id, trendLength),
  ]);
  const here = projectHref(id, 'builds');
  if (!builds.length)
    return (
      <EmptyState icon={<Hammer />} title={before ? 'No older builds' : 'No builds yet'}>
        Each build is kept with its log, timing and inputs.
      </EmptyState>
    );
  return (
    <>
      <TrendPanel points={trend} />
      <Panel title="History" padding="flush">
        <BuildTable builds={builds} choice mayDelete={can(user, 'build:delete')} />
      </Panel>
      <Pagination
        newerHref={before ? here : null}
        newerLabel="Newest"
        olderHref={more ? `${here}?before=${builds.at(-1)!.id}` : null}
      />
    </>
  );
}
