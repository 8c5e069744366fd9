import { notFound } from 'next/navigation';
import { LinkTabs } from '@/app/_components/ui/link-tabs';
import { PageHeader } from '@/app/_components/ui/page-header';
import { requirePermission } from '@/lib/auth/require-user';
import { workbenchHref, workbenchId } from '@/lib/workbenches/schema';
import { findWorkbench } from '@/lib/workbenches/store';
import { Replay } from './_components/replay';

export const metadata = { title: 'Replay' };

export default async function ReplayPage({
  params,
  searchParams,
}: PageProps<'/workbenches/[workbenchId]/replay'>) {
  await requirePermission('workbench:read');
  const id = workbenchId.safeParse((await params).workbenchId);
  const workbench = id.success ? await findWorkbench(id.data) : null;
  if (!workbench) notFound();
  const { terminals } = workbench;
  const wanted = Number((await searchParams).part ?? terminals.length);
  const part = wanted >= 1 && wanted <= terminals.length ? Math.floor(wanted) : terminals.length;
  const terminal = terminals[part - 1];
  const href = `${workbenchHref(workbench.id)}/replay`;
  return (
    <>
      <PageHeader
        title="Replay"
        breadcrumbs={[
          { label: 'Workbenches', href: '/workbenches' },
          { label: workbench.name, href: workbenchHref(workbench.id) },
        ]}
        meta="Pauses are shortened to two seconds"
      />
      {terminals.length > 1 ? (
        <LinkTabs
          label="Parts of the recording"
          tabs={terminals.map((_, index) => ({
            label: `Part ${index + 1}`,
            href: `${href}?part=${index + 1}`,
          }))}
        />
      ) : null}
      {terminal ? <Replay key={terminal} workbenchId={workbench.id} terminal={terminal} /> : null}
    </>
  );
}
