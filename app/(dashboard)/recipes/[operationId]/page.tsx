import { notFound, redirect } from 'next/navigation';
import { projectHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { LiveOperation } from '@/app/_components/live/live-operation';
import { requirePermission } from '@/lib/auth/require-user';
import { loadState } from '@/lib/operations/load-state';
import { operationId } from '@/lib/operations/schema';
import { mayCancel } from '@/lib/operations/visible';
import { recipeOperation } from '@/lib/recipes/create';

export const metadata = { title: 'New project' };

/** Progress of creating a project from a generated Dockerfile; redirects to it when it exists. */
export default async function NewFromRecipePage({ params }: PageProps<'/recipes/[operationId]'>) {
  const user = await requirePermission('project:read');
  const id = operationId.safeParse((await params).operationId);
  const found = id.success ? await recipeOperation.find(id.data) : null;
  if (!found) notFound();
  const { operation, result } = found;
  if (result) redirect(projectHref(result.projectId));
  return (
    <LiveOperation
      operation={operation}
      initialState={await loadState(operation.id)}
      mayCancel={mayCancel(user, operation)}
      breadcrumbs={[{ label: 'Projects', href: '/projects' }]}
    />
  );
}
