import { notFound } from 'next/navigation';
import { RecordingLinks } from '@/app/(dashboard)/commits/_recording/recording-links';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { findCommit } from '@/lib/commits/store';
import { loadState } from '@/lib/operations/load-state';
import { operationId } from '@/lib/operations/schema';
import { findOperation, listOperations } from '@/lib/operations/store';
import { mayCancel } from '@/lib/operations/visible';
import { listWorkbenches } from '@/lib/workbenches/store';
import { CommitView } from './_components/commit-view';

export const metadata = { title: 'Commit' };

export default async function CommitPage({ params }: PageProps<'/commits/[operationId]'>) {
  const user = await requirePermission('image:read');
  const id = operationId.safeParse((await params).operationId);
  const commit = id.success ? await findCommit(id.data) : null;
  const operation = commit && (await findOperation(commit.id));
  if (!commit || !operation) notFound();
  const workbenches = await listWorkbenches({ containerId: commit.containerId });
  return (
    <CommitView
      commit={commit}
      recording={workbenches.length > 0 ? <RecordingLinks workbenches={workbenches} /> : null}
      operation={operation}
      pushes={await listOperations({ parentId: commit.id, limit: 20 })}
      initialState={await loadState(commit.id)}
      may={{
        cancel: mayCancel(user, operation),
        commit: can(user, 'commit:start'),
        push: can(user, 'push:start'),
      }}
    />
  );
}
