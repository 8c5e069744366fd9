import { settle } from '@/app/(dashboard)/images/_components/settle';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { isolationDefaults } from '@/lib/containers/isolation';
import { defaultEngine } from '@/lib/engine/engines';
import { listImageChoices } from '@/lib/workbenches/image-choices';
import { NewWorkbench } from './_components/new-workbench';

export const metadata = { title: 'Start a workbench' };

export default async function NewWorkbenchPage({ searchParams }: PageProps<'/workbenches/new'>) {
  const user = await requirePermission('workbench:start');
  const mayUseHost = can(user, 'host:use');
  const { image, container } = await searchParams;
  const breadcrumbs = [{ label: 'Workbenches', href: '/workbenches' }];
  if (typeof container === 'string')
    return (
      <>
        <PageHeader title="Open a shell in a container" breadcrumbs={breadcrumbs} />
        <NewWorkbench container={container} images={[]} image="" mayUseHost={mayUseHost} />
      </>
    );
  const engine = defaultEngine();
  const read = await settle(Promise.all([listImageChoices(engine), isolationDefaults(engine)]));
  return (
    <>
      <PageHeader
        title="Start a workbench"
        breadcrumbs={breadcrumbs}
        meta="A container with a shell, like docker run -it"
      />
      {read.ok ? (
        <NewWorkbench
          images={read.value[0]}
          defaults={read.value[1]}
          image={typeof image === 'string' ? image : ''}
          mayUseHost={mayUseHost}
        />
      ) : (
        <ErrorState title="The images cannot be listed now" error={read.error} />
      )}
    </>
  );
}
