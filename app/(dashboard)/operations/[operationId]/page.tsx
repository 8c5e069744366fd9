import { notFound } from 'next/navigation';
import { LiveOperation } from '@/app/_components/live/live-operation';
import { requirePermission } from '@/lib/auth/require-user';
import { loadState } from '@/lib/operations/load-state';
import { operationId } from '@/lib/operations/schema';
import { findOperation } from '@/lib/operations/store';
import { mayCancel } from '@/lib/operations/visible';

export const metadata = { title: 'Operation' };

/** For kinds that have no page of their own. */
export default async function OperationPage({ params }: PageProps<'/operations/[operationId]'>) {
  const user = await requirePermission('operation:read');
  const id = operationId.safeParse((await params).operationId);
  const operation = id.success ? await findOperation(id.data) : null;
  if (!operation) notFound();
  return (
    <LiveOperation
      operation={operation}
      initialState={await loadState(operation.id)}
      mayCancel={mayCancel(user, operation)}
    />
  );
}
