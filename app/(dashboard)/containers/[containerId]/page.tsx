import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { mayWithContainers } from '@/app/(dashboard)/containers/_components/may-with-containers';
import { RefreshOnContainers } from '@/app/(dashboard)/containers/_components/refresh-on-containers';
import { settle } from '@/app/(dashboard)/images/_components/settle';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-user';
import { getContainerView } from '@/lib/containers/get';
import { portHosts } from '@/lib/containers/published';
import { containerId } from '@/lib/containers/schema';
import type { ContainerDetails } from '@/lib/engine/containers/types';
import { defaultEngine } from '@/lib/engine/engines';
import { listWorkbenches } from '@/lib/workbenches/store';
import { ContainerView } from './_components/container-view';

export const metadata = { title: 'Container' };

async function recordedIn({ id, logDriver }: ContainerDetails): Promise<string | null> {
  if (logDriver !== 'none') return null;
  const workbenches = await listWorkbenches({ containerId: id });
  return workbenches.find(({ origin }) => origin === 'run')?.id ?? null;
}

export default async function ContainerPage({ params }: PageProps<'/containers/[containerId]'>) {
  const user = await requirePermission('container:read');
  const id = containerId.safeParse((await params).containerId);
  if (!id.success) notFound();
  const may = mayWithContainers(user);
  const container = await settle(getContainerView(defaultEngine(), id.data, user));
  if (container.ok) {
    const hosts = portHosts(defaultEngine(), (await headers()).get('host'));
    return (
      <>
        <RefreshOnContainers />
        <ContainerView
          container={container.value}
          may={may}
          hosts={hosts}
          workbenchId={await recordedIn(container.value)}
        />
      </>
    );
  }
  if (container.error.code === 'not_found') notFound();
  return (
    <>
      <RefreshOnContainers />
      <PageHeader title="Container" breadcrumbs={[{ label: 'Containers', href: '/containers' }]} />
      <ErrorState title="The container cannot be read now" error={container.error} />
    </>
  );
}
