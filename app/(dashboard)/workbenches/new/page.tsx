import { settle } from '@/app/(dashboard)/images/_components/settle';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-user';
import { defaultEngine } from '@/lib/engine/engines';
import { listImageChoices } from '@/lib/workbenches/image-choices';
import { NewWorkbench } from './_components/new-workbench';

export const metadata = { title: 'Start a workbench' };

export default async function NewWorkbenchPage({ searchParams }: PageProps<'/workbenches/new'>) {
  await requirePermission('workbench:start');
  const { image, container } = await searchParams;
  const choices = await settle(listImageChoices(defaultEngine()));
  const breadcrumbs = [{ label: 'Workbenches', href: '/workbenches' }];
  if (typeof container === 'string')
    return (
      <>
        <PageHeader title="Open a shell in a container" breadcrumbs={breadcrumbs} />
        <NewWorkbench container={container} images={[]} image="" />
      </>
    );
  return (
    <>
      <PageHeader
        title="Start a workbench"
        breadcrumbs={breadcrumbs}
        meta="A container with a shell, like docker run -it"
      />
      {choices.ok ? (
        <NewWorkbench images={choices.value} image={typeof image === 'string' ? image : ''} />
      ) : (
        <ErrorState title="The images cannot be listed now" error={choices.error} />
      )}
    </>
  );
}
