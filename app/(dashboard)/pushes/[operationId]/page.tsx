import { notFound } from 'next/navigation';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { findPush } from '@/lib/images/find-push';
import { loadState } from '@/lib/operations/load-state';
import { operationId } from '@/lib/operations/schema';
import { mayCancel } from '@/lib/operations/visible';
import { PushView } from './_components/push-view';

export const metadata = { title: 'Push' };

export default async function PushPage({ params }: PageProps<'/pushes/[operationId]'>) {
  const user = await requirePermission('operation:read');
  const id = operationId.safeParse((await params).operationId);
  const push = id.success ? await findPush(id.data) : null;
  if (!push) notFound();
  return (
    <PushView
      push={push}
      initialState={await loadState(push.operation.id)}
      mayCancel={mayCancel(user, push.operation)}
      mayPush={can(user, 'push:start')}
    />
  );
}
