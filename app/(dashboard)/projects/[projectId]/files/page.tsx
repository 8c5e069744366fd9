import { notFound } from 'next/navigation';
import { ErrorState } from '@/app/_components/ui/error-state';
import { AppError } from '@/lib/errors';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { listFiles, projectDirectory, readFile } from '@/lib/projects/files';
import { loadProject } from '@/app/(dashboard)/projects/[projectId]/load-project';
import { DirectoryView } from './_components/directory-view';
import { FileView } from './_components/file-view';

export async function generateMetadata({ params, searchParams }: PageProps<'/projects/[projectId]/files'>) {
  await requirePermission('project:read');
  const { name } = await loadProject((await params).projectId);
  const { path } = await searchParams;
  return { title: typeof path === 'string' ? `${path} · ${name}` : `Files · ${name}` };
}

/** The file or directory at a path, or the error. */
async function look(directory: string, path: string) {
  try {
    const file = path ? await readFile(directory, path) : null;
    if (file && file.kind !== 'directory') return { file };
    return { listing: await listFiles(directory, path) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'not_found' && path) notFound();
    return { error: { message: error.message, hint: error.hint } };
  }
}

/** A directory or file of the project. */
export default async function FilesPage({ params, searchParams }: PageProps<'/projects/[projectId]/files'>) {
  const user = await requirePermission('project:read');
  const project = await loadProject((await params).projectId);
  const { path: asked } = await searchParams;
  const path = typeof asked === 'string' ? asked : '';
  const mayEdit = can(user, 'project:edit');
  const { file, listing, error } = await look(projectDirectory(project), path);
  if (error) return <ErrorState error={error} />;
  const { dockerfile } = project.options;
  if (file) return <FileView projectId={project.id} file={file} dockerfile={dockerfile} mayEdit={mayEdit} />;
  return <DirectoryView project={project} path={path} listing={listing} mayEdit={mayEdit} />;
}
