import type { ReactNode } from 'react';
import { Badge } from '@/app/_components/ui/badge';
import { LinkTabs } from '@/app/_components/ui/link-tabs';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Reference } from '@/app/_components/ui/reference';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { findProjectSource } from '@/lib/projects/git/store';
import { filesHref, projectHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { ProjectMenu } from '@/app/(dashboard)/projects/_components/project-menu';
import type { ProjectId } from '@/lib/ids';
import { BuildButtons } from './_components/build-buttons';
import { loadProject } from './load-project';

export default async function ProjectLayout({
  params,
  children,
}: {
  params: Promise<{ projectId: ProjectId }>;
  children: ReactNode;
}) {
  const user = await requirePermission('project:read');
  const project = await loadProject((await params).projectId);
  const { id, name, description, options } = project;
  const mayEdit = can(user, 'project:edit');
  const mayConnect = mayEdit && (await findProjectSource(id)) === null;
  return (
    <>
      <PageHeader
        title={name}
        breadcrumbs={[{ label: 'Projects', href: '/projects' }]}
        meta={
          <>
            {description ? <span>{description}</span> : null}
            {options.tags.slice(0, 2).map((tag) => (
              <Reference key={tag} value={tag} />
            ))}
            {options.tags.length > 2 ? <Badge>+{options.tags.length - 2}</Badge> : null}
          </>
        }
        actions={
          <>
            {can(user, 'build:start') ? (
              <BuildButtons
                projectId={id}
                targets={options.pushTargets.length}
                mayPush={can(user, 'push:start')}
              />
            ) : null}
            <ProjectMenu
              project={{ id, name, description }}
              mayEdit={mayEdit}
              mayConnect={mayConnect}
              mayDelete={can(user, 'project:delete')}
              leaveTo="/projects"
            />
          </>
        }
      />
      <LinkTabs
        label={`Views of ${name}`}
        tabs={[
          { label: 'Overview', href: projectHref(id) },
          { label: 'Files', href: filesHref(id) },
          { label: 'Options', href: projectHref(id, 'options') },
          { label: 'Secrets', href: projectHref(id, 'secrets') },
          { label: 'Builds', href: projectHref(id, 'builds'), nested: true },
        ]}
      />
      {children}
    </>
  );
}
