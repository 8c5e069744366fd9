'use client';

import { type ReactNode, useState } from 'react';
import { OperationLog } from '@/app/_components/live/operation-log';
import { groupOf } from '@/app/_components/step-list/arrange';
import { useOpenSteps } from '@/app/_components/step-list/use-open-steps';
import { Timeline } from '@/app/_components/timeline/timeline';
import { useOperation } from '@/app/_hooks/use-operation';
import { useOperationNow } from '@/app/_hooks/use-operation-now';
import { useRefreshAtEnd } from '@/app/_hooks/use-refresh-at-end';
import { cacheFigures } from '@/lib/events/cache-share';
import type { KindOfLines } from '@/lib/dockerfiles/kinds';
import type { OperationState } from '@/lib/events/state';
import type { BuildDetails } from '@/lib/builds/schema';
import type { OperationSummary } from '@/lib/operations/status';
import { BuildHeader, type MayBuild } from './build-header';
import { BuildOutcome } from './build-outcome';
import { BuildWarnings } from './build-warnings';
import { ClippedLogs } from './clipped-logs';
import { DockerfileText } from './dockerfile-text';
import { Silence } from './silence';

/** The page of one build, running or ended. */
export function BuildView({
  build,
  initialState,
  pushes,
  may,
  push,
  why,
  kinds,
  children,
}: {
  build: BuildDetails;
  initialState: OperationState;
  pushes: OperationSummary[];
  may: MayBuild;
  /** The button that pushes the image. */
  push: ReactNode;
  /** Cache misses of an ended build. */
  why: ReactNode;
  /** Kinds of the Dockerfile’s instructions. */
  kinds: KindOfLines[];
  children: ReactNode;
}) {
  const live = useOperation(build.id, initialState);
  const now = useOperationNow(build, live.state);
  const openSteps = useOpenSteps();
  // The log comes first while a build runs or has failed, the timeline after a success. The order is fixed on load, so that nothing jumps.
  const [wentWell] = useState(initialState.end?.status === 'succeeded');
  useRefreshAtEnd(build, live.state);
  const { end } = live.state;
  const error = end && end.status !== 'succeeded' ? (end.message ?? build.errorMessage) : null;
  const timeline = (
    <Timeline
      state={live.state}
      endedAt={now.endedAt}
      onPick={(step) => openSteps.reveal(step.id, groupOf(live.state, step.id))}
    />
  );
  return (
    <div className="flex flex-col gap-5">
      <BuildHeader build={build} now={now} figures={cacheFigures(live.state)} error={error} may={may} />
      <BuildOutcome build={build} state={live.state} pushes={pushes} push={push} />
      <Silence version={live.version} running={now.status === 'running'} />
      <ClippedLogs steps={live.state.steps} />
      {wentWell ? timeline : null}
      {wentWell ? why : null}
      <OperationLog
        operationId={build.id}
        live={live}
        openSteps={openSteps}
        lineHref={(line) => `#line-${line}`}
        empty={now.status === 'queued' ? 'Waiting in the queue.' : undefined}
      />
      {wentWell ? null : timeline}
      {wentWell ? null : why}
      <BuildWarnings warnings={live.state.warnings} />
      {build.dockerfileText === null ? null : (
        <DockerfileText
          name={build.dockerfile}
          text={build.dockerfileText}
          kinds={kinds}
          state={live.state}
        />
      )}
      {children}
    </div>
  );
}
