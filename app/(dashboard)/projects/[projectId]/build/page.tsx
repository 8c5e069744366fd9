import { loadBuildChoices } from '@/app/_components/build-options-form/load-choices';
import { Notice } from '@/app/_components/ui/notice';
import { loadProject } from '@/app/(dashboard)/projects/[projectId]/load-project';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { findBuild } from '@/lib/builds/store';
import { operationId } from '@/lib/operations/schema';
import { BuildOnce } from './_components/build-once';

export const metadata = { title: 'Build with changes' };

/** One build with changed options; they begin as those of the project, or of an earlier build (`?from=`). */
export default async function BuildOncePage({
  params,
  searchParams,
}: PageProps<'/projects/[projectId]/build'>) {
  const user = await requirePermission('build:start');
  const project = await loadProject((await params).projectId);
  const from = operationId.safeParse((await searchParams).from);
  const earlier = from.success ? await findBuild(from.data) : null;
  return (
    <div className="flex flex-col gap-5">
      <Notice title={earlier ? `Options of build #${earlier.number}` : 'One-off build options'}>
        For this build only: the project keeps its options. The build uses the current files.
      </Notice>
      <BuildOnce
        projectId={project.id}
        options={earlier?.options ?? project.options}
        choices={await loadBuildChoices(project)}
        mayPush={can(user, 'push:start')}
      />
    </div>
  );
}
