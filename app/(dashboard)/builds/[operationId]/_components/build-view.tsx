'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { OperationLog } from '@/app/_components/operation/operation-log';
import { usePulse } from '@/app/_hooks/stream-provider';
import { useOperation } from '@/app/_hooks/use-operation';
import type { OperationState } from '@/lib/events/state';
import type { BuildDetails } from '@/lib/builds/schema';
import type { OperationSummary } from '@/lib/operations/schema';
import { BuildHeader, type MayBuild } from './build-header';
import { BuildOutcome } from './build-outcome';
import { DockerfileText } from './dockerfile-text';

/** The page of one build, live and ever after. */
export function BuildView({
  build,
  initialState,
  pushes,
  may,
  children,
}: {
  build: BuildDetails;
  initialState: OperationState;
  pushes: OperationSummary[];
  may: MayBuild;
  children: ReactNode;
}) {
  const router = useRouter();
  const live = useOperation(build.id, initialState);
  const active = usePulse().active.find((operation) => operation.id === build.id);
  const ended = live.state.end !== undefined;
  const known = useRef(initialState.end !== undefined);

  // The row has more to say than the events once it has ended: image, size, digests, pushes.
  useEffect(() => {
    if (!ended || known.current) return;
    known.current = true;
    router.refresh();
  }, [ended, router]);

  const status = live.state.end?.status ?? active?.status ?? build.status;
  return (
    <div className="flex flex-col gap-5">
      <BuildHeader build={build} status={status} active={active} may={may} />
      <BuildOutcome build={build} state={live.state} pushes={pushes} mayPush={may.push} />
      <OperationLog operationId={build.id} live={live} status={status} />
      {build.dockerfileText === null ? null : (
        <DockerfileText name={build.dockerfile} text={build.dockerfileText} state={live.state} />
      )}
      {children}
    </div>
  );
}
