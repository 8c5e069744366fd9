import { SquareTerminal } from 'lucide-react';
import { RefreshOnContainers } from '@/app/(dashboard)/containers/_components/refresh-on-containers';
import { RefreshOnChange } from '@/app/_components/live/refresh-on-change';
import { LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Pagination } from '@/app/_components/ui/pagination';
import { Panel } from '@/app/_components/ui/panel';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { workbenchId } from '@/lib/workbenches/schema';
import { listWorkbenchPage } from '@/lib/workbenches/list';
import { WorkbenchTable } from './_components/workbench-table';

export const metadata = { title: 'Workbenches' };

const pageSize = 50;

export default async function WorkbenchesPage({ searchParams }: PageProps<'/workbenches'>) {
  const user = await requirePermission('workbench:read');
  const before = workbenchId.safeParse((await searchParams).before).data;
  const found = await listWorkbenchPage({ before, limit: pageSize + 1 });
  const shown = found.slice(0, pageSize);
  const start = can(user, 'workbench:start') ? (
    <LinkButton href="/workbenches/new" variant="primary" icon={<SquareTerminal aria-hidden />}>
      Start a workbench
    </LinkButton>
  ) : null;
  return (
    <>
      <RefreshOnChange />
      <RefreshOnContainers />
      <PageHeader
        title="Workbenches"
        meta="Interactive containers you can commit to images"
        actions={shown.length ? start : null}
      />
      {shown.length ? (
        <Panel padding="flush">
          <WorkbenchTable workbenches={shown} mayEnd={can(user, 'workbench:type')} />
        </Panel>
      ) : (
        <EmptyState icon={<SquareTerminal />} title="No workbenches yet" actions={start}>
          A workbench is a container with a shell: install and try things, see what each command changed, and
          commit the result to an image.
        </EmptyState>
      )}
      <Pagination
        newerHref={before ? '/workbenches' : null}
        newerLabel="Newest"
        olderHref={found.length > pageSize ? `/workbenches?before=${shown.at(-1)!.id}` : null}
      />
    </>
  );
}
