import { notFound } from 'next/navigation';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { findWork } from '@/lib/images/work/find';
import { loadState } from '@/lib/operations/load-state';
import { operationId } from '@/lib/operations/schema';
import { mayCancel } from '@/lib/operations/visible';
import { WorkView } from './_components/work-view';

export const metadata = { title: 'Image operation' };

export default async function WorkPage({ params }: PageProps<'/images/work/[operationId]'>) {
  const user = await requirePermission('operation:read');
  const id = operationId.safeParse((await params).operationId);
  const work = id.success ? await findWork(id.data) : null;
  if (!work) notFound();
  return (
    <WorkView
      work={work}
      initialState={await loadState(work.operation.id)}
      may={{
        cancel: mayCancel(user, work.operation),
        pull: can(user, 'image:pull'),
        load: can(user, 'image:load'),
      }}
    />
  );
}
