import { notFound } from 'next/navigation';
import { RefreshOnChange } from '@/app/_components/live/refresh-on-change';
import { RefreshOnContainers } from '@/app/(dashboard)/containers/_components/refresh-on-containers';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { readCommandsFor } from '@/lib/workbenches/commands-store';
import { workbenchId } from '@/lib/workbenches/schema';
import { listFiles } from '@/lib/workbenches/store';
import { viewWorkbench } from '@/lib/workbenches/view';
import { WorkbenchView } from './_components/workbench-view';

export const metadata = { title: 'Workbench' };

export default async function WorkbenchPage({ params }: PageProps<'/workbenches/[workbenchId]'>) {
  const user = await requirePermission('workbench:read');
  const id = workbenchId.safeParse((await params).workbenchId);
  const view = id.success ? await viewWorkbench(id.data, user) : null;
  if (!view) notFound();
  const [commands, files] = await Promise.all([
    readCommandsFor(user, view.workbench.id, { changesOfEach: 100 }),
    listFiles(view.workbench.id),
  ]);
  return (
    <>
      <RefreshOnChange />
      <RefreshOnContainers />
      <WorkbenchView
        workbench={view.workbench}
        terminal={view.terminal}
        container={view.container}
        commands={commands}
        files={files}
        userName={user.name}
        may={{
          type: can(user, 'workbench:type'),
          start: can(user, 'workbench:start'),
          remove: can(user, 'workbench:remove'),
          commit: can(user, 'commit:start'),
          resume: can(user, 'container:start'),
        }}
      />
    </>
  );
}
