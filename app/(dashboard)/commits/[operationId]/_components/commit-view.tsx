'use client';

import type { ReactNode } from 'react';
import { LiveOperation } from '@/app/_components/live/live-operation';
import { PushDialog } from '@/app/_components/push-dialog/push-dialog';
import { LinkButton } from '@/app/_components/ui/button';
import { Panel } from '@/app/_components/ui/panel';
import { useRefreshOnChange } from '@/app/_hooks/use-refresh-on-change';
import type { OperationState } from '@/lib/events/state';
import { imageHref } from '@/lib/images/href';
import type { OperationSummary } from '@/lib/operations/status';
import type { StoredCommit } from '@/lib/commits/store';
import Link from 'next/link';
import { CommitStory } from '@/app/_components/commit-story/commit-story';
import { StatusMark } from '@/app/_components/ui/status-mark';
import { commitDockerfileHref } from '@/lib/commits/href';

interface CommitViewProps {
  commit: StoredCommit;
  recording: ReactNode;
  operation: OperationSummary;
  pushes: OperationSummary[];
  initialState: OperationState;
  may: { cancel: boolean; commit: boolean; push: boolean };
}

export function CommitView({ commit, recording, operation, pushes, initialState, may }: CommitViewProps) {
  // The push starts after the commit and ends later.
  useRefreshOnChange();
  const { imageId, containerId } = commit;
  const again = `/commits/new?container=${containerId}`;
  return (
    <LiveOperation
      operation={operation}
      initialState={initialState}
      mayCancel={may.cancel}
      breadcrumbs={[{ label: 'Images', href: '/images' }]}
      actions={
        imageId ? (
          <>
            {may.push && pushes.length === 0 ? (
              <PushDialog image={imageId} reference={commit.reference ?? undefined} />
            ) : null}
            {commit.baseId ? (
              <LinkButton href={commitDockerfileHref(commit.id)}>Generated Dockerfile</LinkButton>
            ) : null}
            <LinkButton href={imageHref(imageId)}>View image</LinkButton>
          </>
        ) : may.commit ? (
          <LinkButton href={again}>Commit again</LinkButton>
        ) : null
      }
    >
      {() => (
        <>
          {pushes.length > 0 ? (
            <ul aria-label="Pushes" className="flex flex-col gap-1">
              {pushes.map((push) => (
                <li key={push.id} className="flex flex-wrap items-center gap-3">
                  <StatusMark status={push.status} />
                  <Link href={push.href} className="link min-w-0 break-all">
                    {push.title}
                  </Link>
                </li>
              ))}
            </ul>
          ) : null}
          <Panel title="Details">
            <CommitStory commit={commit} recording={recording} />
          </Panel>
        </>
      )}
    </LiveOperation>
  );
}
