import { PageHeader } from '@/app/_components/ui/page-header';
import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { listTemplateChoices } from '@/app/(dashboard)/projects/_components/template-choices';
import { FromGit } from '@/app/(dashboard)/projects/_components/from-git';
import { NewProject } from '@/app/(dashboard)/projects/_components/new-project';
import { TemplateList } from '@/app/(dashboard)/projects/_components/template-list';

export const metadata = { title: 'New project' };

export default async function NewProjectPage() {
  await requirePermission('project:edit');
  return (
    <>
      <PageHeader
        title="New project"
        breadcrumbs={[{ label: 'Projects', href: '/projects' }]}
        meta="A Dockerfile and its build context"
      />
      <div className="flex flex-col gap-6">
        <Panel title="From your files">
          <NewProject />
        </Panel>
        <Panel title="From a Git repository">
          <FromGit />
        </Panel>
        <Panel title="From a template" padding="flush">
          <TemplateList templates={listTemplateChoices()} />
        </Panel>
      </div>
    </>
  );
}
