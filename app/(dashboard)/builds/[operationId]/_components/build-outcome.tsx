'use client';

import Link from 'next/link';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import type { ReactNode } from 'react';
import { Digest, Reference } from '@/app/_components/ui/reference';
import { StatusMark } from '@/app/_components/ui/status-mark';
import { usePulse } from '@/app/_hooks/stream-provider';
import type { BuildDetails } from '@/lib/builds/schema';
import type { OperationState } from '@/lib/events/state';
import type { OperationSummary } from '@/lib/operations/status';

interface BuildOutcomeProps {
  build: BuildDetails;
  state: OperationState;
  pushes: OperationSummary[];
  push: ReactNode;
}

/** The resulting image, and its pushes. */
export function BuildOutcome({ build, state, pushes, push }: BuildOutcomeProps) {
  const { active } = usePulse();
  if (state.end?.status !== 'succeeded') return null;
  if (!build.imageId) return null;
  const current = (push: OperationSummary) => active.find((operation) => operation.id === push.id) ?? push;
  return (
    <Panel title="Image" actions={push}>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Link href={`/images/${build.imageId.replace('sha256:', '')}`} className="link font-medium">
          View image
        </Link>
        {build.tags.map((tag) => (
          <Reference key={tag} value={tag} />
        ))}
        {build.imageSize === null ? null : <ByteSize bytes={build.imageSize} />}
        <Digest value={build.imageId} label="Copy image id" />
      </div>
      {pushes.length ? (
        <ul className="mt-3 flex flex-col gap-1.5 border-t border-line pt-3" aria-label="Pushes">
          {pushes.map((push) => (
            <li key={push.id} className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <StatusMark status={current(push).status} />
              <Link href={push.href} className="link">
                {push.title}
              </Link>
              {push.errorMessage && push.status === 'failed' ? (
                <span className="text-failed-ink">{push.errorMessage}</span>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}
