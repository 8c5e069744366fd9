import { loadBuildChoices } from '@/app/_components/build-options-form/load-choices';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { loadProject } from '@/app/(dashboard)/projects/[projectId]/load-project';
import { OptionsEditor } from './_components/options-editor';

export async function generateMetadata({ params }: PageProps<'/projects/[projectId]/options'>) {
  await requirePermission('project:read');
  return { title: `Options · ${(await loadProject((await params).projectId)).name}` };
}

export default async function OptionsPage({ params }: PageProps<'/projects/[projectId]/options'>) {
  const user = await requirePermission('project:read');
  const project = await loadProject((await params).projectId);
  return (
    <OptionsEditor
      projectId={project.id}
      options={project.options}
      choices={await loadBuildChoices(project)}
      mayEdit={can(user, 'project:edit')}
    />
  );
}
