import { Suspense } from 'react';
import { Preflight } from '@/app/_components/preflight/preflight';
import { Panel } from '@/app/_components/ui/panel';
import { Waiting } from '@/app/_components/ui/waiting';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { GitPanel } from '@/app/(dashboard)/projects/_git/git-panel';
import { ContextPanel } from './_components/context-panel';
import { DockerfilePanel } from './_components/dockerfile-panel';
import { VerificationPanel } from './_components/verification-panel';
import { LastBuild } from './_components/last-build';
import { loadProject } from './load-project';

export async function generateMetadata({ params }: PageProps<'/projects/[projectId]'>) {
  await requirePermission('project:read');
  return { title: (await loadProject((await params).projectId)).name };
}

export default async function ProjectPage({ params }: PageProps<'/projects/[projectId]'>) {
  const user = await requirePermission('project:read');
  const mayEdit = can(user, 'project:edit');
  const project = await loadProject((await params).projectId);
  const counting = <Waiting>Counting the files…</Waiting>;
  return (
    <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-6">
        <VerificationPanel projectId={project.id} />
        <LastBuild projectId={project.id} />
        <GitPanel projectId={project.id} mayEdit={mayEdit} />
        {can(user, 'build:start') ? <Preflight projectId={project.id} /> : null}
        <DockerfilePanel project={project} />
      </div>
      <Panel title="Build context">
        <Suspense fallback={counting}>
          <ContextPanel project={project} mayEdit={mayEdit} />
        </Suspense>
      </Panel>
    </div>
  );
}
