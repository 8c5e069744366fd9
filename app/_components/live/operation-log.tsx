'use client';

import { LogView } from '@/app/_components/log-view/log-view';
import { StepList } from '@/app/_components/step-list/step-list';
import { type OpenSteps, useOpenSteps } from '@/app/_components/step-list/use-open-steps';
import { Panel } from '@/app/_components/ui/panel';
import type { LiveOperation } from '@/app/_hooks/use-operation';
import type { OperationId } from '@/lib/ids';

/** The steps of an operation with their logs, live and in history. */
export function OperationLog({
  operationId,
  live,
  openSteps,
  lineHref,
  empty,
}: {
  operationId: OperationId;
  live: LiveOperation;
  /** For pages on which another element opens steps, too. */
  openSteps?: OpenSteps;
  lineHref?: (line: number) => string;
  empty?: string;
}) {
  const own = useOpenSteps();
  const raw = `/api/operations/${operationId}/raw`;
  return (
    <Panel
      title="Steps"
      actions={
        live.state.end ? (
          <a href={raw} className="link text-sm" download>
            Download full log
          </a>
        ) : null
      }
    >
      <StepList
        state={live.state}
        openSteps={openSteps ?? own}
        lineHref={lineHref}
        empty={empty}
        renderLog={(step, at) => (
          <LogView
            source={live.log(step.id)}
            version={live.version}
            live={at.live}
            rawHref={`${raw}?step=${encodeURIComponent(step.id)}`}
            label={`Output of ${step.name}`}
            from={at.from}
            clipped={step.clipped}
          />
        )}
      />
    </Panel>
  );
}
