import { notFound, redirect } from 'next/navigation';
import { z } from 'zod';
import { projectHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { LiveOperation } from '@/app/_components/live/live-operation';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { loadState } from '@/lib/operations/end-now';
import { operationId } from '@/lib/operations/schema';
import { findOperation, getOperationValues } from '@/lib/operations/store';

export const metadata = { title: 'New project' };

const result = z.object({ projectId: z.string() });

/** A project on its way out of a recipe; when it is there, this leads to it. */
export default async function NewFromRecipePage({ params }: PageProps<'/recipes/[operationId]'>) {
  const user = await requirePermission('project:read');
  const id = operationId.safeParse((await params).operationId);
  const operation = id.success ? await findOperation(id.data) : null;
  if (!operation || operation.kind !== 'recipe') notFound();
  const made = result.safeParse((await getOperationValues(operation.id)).result);
  if (made.success) redirect(projectHref(made.data.projectId));
  return (
    <LiveOperation
      operation={operation}
      initialState={await loadState(operation.id)}
      mayCancel={can(user, 'operation:cancel')}
      breadcrumbs={[{ label: 'Projects', href: '/projects' }]}
    />
  );
}
