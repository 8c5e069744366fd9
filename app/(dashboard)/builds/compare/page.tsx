import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { PageHeader } from '@/app/_components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-user';
import { loadFileChanges } from '@/lib/builds/record';
import { readableBuild } from '@/lib/builds/readable';
import { findBuild, listBuilds } from '@/lib/builds/store';
import { buildComparison } from '@/lib/builds/schema';
import { loadState } from '@/lib/operations/load-state';
import { BaseRows } from './_components/base-rows';
import { ChooseBuilds } from './_components/choose-builds';
import { DockerfileChanges } from './_components/dockerfile-changes';
import { FileRows } from './_components/file-rows';
import { ImageRows } from './_components/image-rows';
import { OptionRows } from './_components/option-rows';
import { StepRows } from './_components/step-rows';
import { SummaryRows } from './_components/summary-rows';

export const metadata = { title: 'Compare builds' };

/** Builds offered here; older ones can be selected in the history. */
const offered = 100;

/** Inputs and results of two builds side by side. */
export default async function ComparePage({ searchParams }: PageProps<'/builds/compare'>) {
  const user = await requirePermission('build:read');
  const chosen = buildComparison.safeParse(await searchParams);
  if (!chosen.success) notFound();
  const [old, young] = await Promise.all([findBuild(chosen.data.from), findBuild(chosen.data.to)]);
  if (!old || !young) notFound();
  const before = readableBuild(user, old);
  const after = readableBuild(user, young);
  const [oldState, state, changes, { builds }] = await Promise.all([
    loadState(before.id),
    loadState(after.id),
    loadFileChanges(before, after),
    after.projectId ? listBuilds({ project: after.projectId }, offered) : { builds: [] },
  ]);
  return (
    <>
      <PageHeader
        title="Compare builds"
        breadcrumbs={[
          { label: 'Builds', href: '/builds' },
          { label: `${after.projectName} #${after.number}`, href: after.href },
        ]}
      />
      <ChooseBuilds before={before} after={after} builds={builds} />
      <div className="flex flex-col gap-6">
        <SummaryRows before={before} after={after} />
        <DockerfileChanges before={before} after={after} />
        <FileRows before={before} after={after} changes={changes} />
        <div className="grid items-start gap-x-10 gap-y-6 xl:grid-cols-2">
          <OptionRows before={old} after={young} user={user} />
          <BaseRows before={before} after={after} />
        </div>
        <StepRows before={before} after={after} oldState={oldState} state={state} />
        {/* Last, so that a slow engine delays nothing else. */}
        <Suspense fallback={null}>
          <ImageRows before={before} after={after} />
        </Suspense>
      </div>
    </>
  );
}
