'use client';

import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/app/_components/ui/icon-button';
import { useNow } from '@/app/_hooks/use-now';
import { type OperationState, statusOf, type StepState } from '@/lib/events/state';
import { formatCount } from '@/lib/format/text';
import { arrangeSteps, countSteps, spanOf } from './arrange';
import { StepGroup } from './step-group';
import { StepRow } from './step-row';
import { type OpenSteps, wasCutOff } from './use-open-steps';

interface StepListProps {
  state: OperationState;
  openSteps: OpenSteps;
  /** Renders the output of a step; called for open steps with output. */
  renderLog: (step: StepState, at: { live: boolean; from: 'start' | 'end' }) => ReactNode;
  /** Link to a line of the Dockerfile: `#L12`. */
  lineHref?: (line: number) => string;
  /** Text while there are no steps. */
  empty?: ReactNode;
}

/** The steps of an operation, live or ended. */
export function StepList({ state, openSteps, renderLog, lineHref, empty }: StepListProps) {
  const { isOpen, isGroupOpen, set, setEvery } = openSteps;
  const ended = state.end !== undefined;
  const now = useNow(ended ? 'still' : 'slow');
  const span = spanOf(state, now);
  if (state.steps.length === 0) return <p className="py-3 text-muted">{empty ?? 'No steps yet.'}</p>;

  const row = (step: StepState) => {
    const status = statusOf(step, ended);
    const open = isOpen(step, status);
    const atItsEnd = status === 'failed' || wasCutOff(step, status);
    const hasLog = step.lines > 0 || step.openLines.length > 0;
    return (
      <StepRow
        key={step.id}
        step={step}
        status={status}
        ended={ended}
        open={open}
        span={span}
        onToggle={() => set(step.id, !open)}
        onUse={() => set(step.id, true)}
        wanted={openSteps.wanted === step.id}
        onShown={openSteps.onShown}
        lineHref={lineHref}
        log={
          hasLog
            ? () => renderLog(step, { live: status === 'running', from: atItsEnd ? 'end' : 'start' })
            : undefined
        }
      />
    );
  };

  return (
    <div>
      <div className="flex items-center gap-1 pb-1">
        <StepSummary state={state} />
        <span className="ml-auto" />
        <IconButton label="Open all steps" icon={<ChevronsUpDown />} onClick={() => setEvery(true)} />
        <IconButton label="Close all steps" icon={<ChevronsDownUp />} onClick={() => setEvery(false)} />
      </div>
      <ol className="border-t border-line">
        {arrangeSteps(state).map((part) =>
          part.type === 'step' ? (
            row(part.step)
          ) : (
            <StepGroup
              key={part.id}
              label={part.label}
              steps={part.steps}
              status={part.status}
              open={isGroupOpen(part.id)}
              onToggle={() => set(`group ${part.id}`, !isGroupOpen(part.id))}
            >
              {part.steps.map(row)}
            </StepGroup>
          ),
        )}
      </ol>
    </div>
  );
}

function StepSummary({ state }: { state: OperationState }) {
  const { total, cached, failed, done } = countSteps(state);
  const facts = [
    state.end ? formatCount(total, 'step') : `${done + cached} of ${formatCount(total, 'step')} done`,
    cached > 0 ? `${cached} cached` : null,
    failed > 0 ? `${failed} failed` : null,
  ];
  return <p className="text-sm text-muted tabular-nums">{facts.filter(Boolean).join(' · ')}</p>;
}
