import { Sparkles } from 'lucide-react';
import { RefreshOnImages } from '@/app/(dashboard)/images/_components/refresh-on-images';
import { settle } from '@/app/(dashboard)/images/_components/settle';
import { roomText } from '@/app/(dashboard)/images/_removal/room-text';
import { LinkButton } from '@/app/_components/ui/button';
import { EmptyState } from '@/app/_components/ui/empty-state';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Panel } from '@/app/_components/ui/panel';
import { requirePermission } from '@/lib/auth/require-user';
import { defaultEngine } from '@/lib/engine/engines';
import { formatCount } from '@/lib/format/text';
import { previewPrune } from '@/lib/images/removal/prune';
import { pruneChoices, pruneFilter, type RemovalPlan } from '@/lib/images/removal/schema';
import { CleanUpForm } from './_components/clean-up-form';
import { PlanTable } from './_components/plan-table';
import { PruneButton } from './_components/prune-button';

export const metadata = { title: 'Clean up images' };

export default async function CleanUpPage({ searchParams }: PageProps<'/images/clean-up'>) {
  await requirePermission('image:remove');
  const filter = pruneFilter.parse(await searchParams);
  const plan = await settle(previewPrune(defaultEngine(), filter));
  return (
    <>
      <RefreshOnImages />
      <PageHeader
        title="Clean up images"
        breadcrumbs={[{ label: 'Images', href: '/images' }]}
        meta="Preview before removing"
      />
      <CleanUpForm filter={filter} />
      <p className="mb-4 text-muted">
        {pruneChoices[filter.which].hint} Images used by a container are always kept.
      </p>
      {plan.ok ? (
        <Preview plan={plan.value} />
      ) : (
        <ErrorState title="The images cannot be read now" error={plan.error} />
      )}
    </>
  );
}

function Preview({ plan }: { plan: RemovalPlan }) {
  const going = plan.images.filter(({ refusal }) => refusal === null);
  if (plan.images.length === 0)
    return (
      <EmptyState
        icon={<Sparkles />}
        title="Nothing to clean up"
        actions={<LinkButton href="/images">All images</LinkButton>}
      >
        No image matches. The build cache is separate: see the Engine page.
      </EmptyState>
    );
  return (
    <Panel
      title={`${formatCount(going.length, 'image')} to remove`}
      meta={
        <>frees {roomText(plan.room)}; layers that the build cache also holds are kept until it is pruned</>
      }
      actions={<PruneButton ids={going.map(({ id }) => id)} room={plan.room} />}
      padding="flush"
    >
      <PlanTable images={plan.images} />
    </Panel>
  );
}
