import { notFound } from 'next/navigation';
import { settle } from '@/app/(dashboard)/images/_components/settle';
import { ErrorState } from '@/app/_components/ui/error-state';
import { PageHeader } from '@/app/_components/ui/page-header';
import { authorizeDemand } from '@/lib/commands/authorize';
import type { CurrentUser } from '@/lib/commands/caller';
import { demandForContainer } from '@/lib/containers/host-access';
import type { ContainerId } from '@/lib/ids';
import { requirePermission } from '@/lib/auth/require-user';
import { can } from '@/lib/commands/permissions';
import { commitFacts } from '@/lib/commits/facts';
import { findSource, reviewContainer } from '@/lib/commits/review';
import { containerId } from '@/lib/commits/schema';
import { defaultEngine } from '@/lib/engine/engines';
import { CommitSheet } from './_components/commit-sheet';

export const metadata = { title: 'Commit' };

async function readSource(user: CurrentUser, id: ContainerId) {
  for (const demand of await demandForContainer(defaultEngine(), id)) authorizeDemand(user, demand);
  return findSource(defaultEngine(), id);
}

export default async function NewCommitPage({ searchParams }: PageProps<'/commits/new'>) {
  const user = await requirePermission('commit:start');
  const id = containerId.safeParse((await searchParams).container);
  if (!id.success) notFound();
  const source = await settle(readSource(user, id.data));
  if (!source.ok)
    return (
      <>
        <PageHeader title="Commit" breadcrumbs={[{ label: 'Containers', href: '/containers' }]} />
        <ErrorState title="This container cannot be committed" error={source.error} />
      </>
    );
  const facts = await settle(commitFacts(defaultEngine(), source.value, user.name));
  const { name, imageName, running, mounts } = source.value;
  return (
    <>
      <PageHeader
        title={
          <>
            Commit <span className="font-mono">{name}</span>
          </>
        }
        breadcrumbs={[{ label: 'Containers', href: '/containers' }]}
        meta={
          <>
            <span>
              based on <span className="font-mono">{imageName}</span>
            </span>
            <span>{running ? 'running' : 'not running'}</span>
          </>
        }
      />
      {facts.ok ? (
        <CommitSheet
          facts={facts.value}
          mounts={mounts}
          // Not awaited: the form is usable before the engine has listed the changes.
          review={settle(reviewContainer(defaultEngine(), source.value))}
          mayPush={can(user, 'push:start')}
        />
      ) : (
        <ErrorState title="This container cannot be committed" error={facts.error} />
      )}
    </>
  );
}
