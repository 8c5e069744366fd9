import { Plus } from 'lucide-react';
import { LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Panel } from '@/app/_components/ui/panel';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { FirstProject } from './_components/first-project';
import { loadProjectRows } from './_components/load-rows';
import { ProjectList } from './_components/project-list';

export const metadata = { title: 'Projects' };

export default async function ProjectsPage() {
  const user = await requirePermission('project:read');
  const rows = await loadProjectRows();
  const mayEdit = can(user, 'project:edit');
  return (
    <>
      <PageHeader
        title="Projects"
        meta="Files, Dockerfiles and build options"
        actions={
          mayEdit && rows.length ? (
            <LinkButton variant="primary" href="/projects/new" icon={<Plus aria-hidden />}>
              New project
            </LinkButton>
          ) : null
        }
      />
      {rows.length ? (
        <Panel padding="flush">
          <ProjectList rows={rows} mayEdit={mayEdit} mayDelete={can(user, 'project:delete')} />
        </Panel>
      ) : mayEdit ? (
        <FirstProject />
      ) : (
        <EmptyState title="No projects yet">A user with permission to build can create one.</EmptyState>
      )}
    </>
  );
}
