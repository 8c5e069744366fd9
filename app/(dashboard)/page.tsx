import Link from 'next/link';
import { Suspense } from 'react';
import { LinkButton } from '@/app/_components/ui/button';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Panel } from '@/app/_components/ui/panel';
import { requireUser } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { listBuilds } from '@/lib/builds/store';
import { listProjects } from '@/lib/projects/store';
import { BuildTable } from './builds/_components/build-table';
import { FirstSteps } from './_components/first-steps';
import { LatestImages } from './_components/latest-images';
import { loadNextSteps } from './_components/load-next-steps';
import { RunningNow } from './_components/running-now';
import { Storage } from './_components/storage';
import { WhatNext } from './_components/what-next';

export const metadata = { title: 'Overview' };

/** Running work, failures, latest builds and images, disk use. */
export default async function OverviewPage() {
  const user = await requireUser();
  const [{ builds }, projects] = await Promise.all([listBuilds({}, 8), listProjects()]);
  const steps = await loadNextSteps(projects);
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Overview"
        actions={
          can(user, 'project:edit') && projects.length ? (
            <LinkButton variant="primary" href="/projects/new">
              New project
            </LinkButton>
          ) : null
        }
      />
      {projects.length === 0 ? <FirstSteps mayCreate={can(user, 'project:edit')} /> : null}
      <RunningNow />
      <WhatNext steps={steps} />
      {builds.length ? (
        <Panel
          title="Latest builds"
          padding="flush"
          actions={
            <Link href="/builds" className="link text-sm">
              All builds
            </Link>
          }
        >
          <BuildTable builds={builds} />
        </Panel>
      ) : null}
      {/* Suspense: a slow engine must not delay the rest of the page. */}
      <Suspense fallback={null}>
        <LatestImages />
      </Suspense>
      <Suspense fallback={null}>
        <Storage />
      </Suspense>
    </div>
  );
}
