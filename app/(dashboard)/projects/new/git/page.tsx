import { PageHeader } from '@/app/_components/ui/page-header';
import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { NewFromGit } from '@/app/(dashboard)/projects/_git/new-from-git';

export const metadata = { title: 'New project from Git' };

export default async function NewGitProjectPage() {
  await requirePermission('project:edit');
  return (
    <>
      <PageHeader
        title="New project from Git"
        breadcrumbs={[
          { label: 'Projects', href: '/projects' },
          { label: 'New project', href: '/projects/new' },
        ]}
        meta="The files of one commit, updated on demand"
      />
      <Panel title="Repository">
        <NewFromGit />
      </Panel>
    </>
  );
}
