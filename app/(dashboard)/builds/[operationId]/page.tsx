import { RunButton } from '@/app/(dashboard)/containers/_components/run-button';
import { PushDialog } from '@/app/_components/push-dialog/push-dialog';
import { notFound } from 'next/navigation';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { buildOperation } from '@/lib/builds/run';
import { readableBuild } from '@/lib/builds/readable';
import { findBuild } from '@/lib/builds/store';
import { instructionKinds } from '@/lib/dockerfiles/kinds';
import { loadState } from '@/lib/operations/load-state';
import { isEnded, operationId } from '@/lib/operations/schema';
import { listOperations } from '@/lib/operations/store';
import { mayCancel } from '@/lib/operations/visible';
import { BuildInputs } from './_components/build-inputs';
import { DockerfileNotes } from './_components/dockerfile-notes';
import { BuildView } from './_components/build-view';
import { WhyPanel } from './_components/why-panel';

export async function generateMetadata({ params }: PageProps<'/builds/[operationId]'>) {
  await requirePermission('build:read');
  const id = operationId.safeParse((await params).operationId);
  const build = id.success ? await findBuild(id.data) : null;
  return { title: build ? `${build.projectName} #${build.number}` : 'Build' };
}

export default async function BuildPage({ params }: PageProps<'/builds/[operationId]'>) {
  const user = await requirePermission('build:read');
  const id = operationId.safeParse((await params).operationId);
  const found = id.success ? await findBuild(id.data) : null;
  if (!found) notFound();
  const build = readableBuild(user, found);
  const [state, pushes] = await Promise.all([
    loadState(build.id),
    listOperations({ parentId: build.id, limit: 50 }),
  ]);
  const may = {
    start: can(user, 'build:start'),
    cancel: mayCancel(user, buildOperation),
    delete: can(user, 'build:delete'),
  };
  const push = build.imageId ? (
    <>
      {can(user, 'container:start') ? <RunButton image={build.imageId} /> : null}
      {can(user, 'push:start') ? <PushDialog image={build.imageId} reference={build.tags[0]} /> : null}
    </>
  ) : null;
  return (
    <BuildView
      build={build}
      initialState={state}
      pushes={pushes}
      may={may}
      push={push}
      kinds={instructionKinds(build.dockerfileText ?? '')}
      why={isEnded(build.status) ? <WhyPanel build={build} /> : null}
    >
      <DockerfileNotes build={build} mayEdit={can(user, 'project:edit')} />
      <BuildInputs build={build} />
    </BuildView>
  );
}
