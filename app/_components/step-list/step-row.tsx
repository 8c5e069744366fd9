'use client';

import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { kindLook } from '@/app/_components/ui/kinds';
import { StatusIcon } from '@/app/_components/ui/status-mark';
import { Duration } from '@/app/_components/ui/time';
import type { StepState, StepStatus } from '@/lib/events/state';
import { StepError } from './step-error';
import { parseStepName } from './step-name';
import { shareOf, StepProgress } from './step-progress';
import { StepSpan } from './step-span';

interface StepRowProps {
  step: StepState;
  status: StepStatus;
  ended: boolean;
  open: boolean;
  /** Time range of the bars. */
  span: { from: number; to: number } | null;
  onToggle: () => void;
  /** In use (focused or selected): must not close automatically. */
  onUse: () => void;
  /** Requested elsewhere: scrolls into view and takes the focus, once. */
  wanted: boolean;
  onShown: () => void;
  lineHref?: (line: number) => string;
  log: (() => ReactNode) | undefined;
}

const isWaiting = (step: StepState, status: StepStatus) =>
  status === 'waiting' || (status === 'cancelled' && step.started === undefined);

/** Why a step has no output. */
function emptyText(step: StepState, status: StepStatus): string {
  if (status === 'cached') return 'Cached: the result of an earlier build was reused.';
  return isWaiting(step, status) ? 'Not started.' : 'No output.';
}

/** A step with its kind, name and duration; expands to progress, error and output. */
export function StepRow(props: StepRowProps) {
  const { step, status, open, wanted, onShown } = props;
  const id = useId();
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!wanted) return;
    head.current?.focus({ preventScroll: true });
    head.current?.scrollIntoView({ block: 'start' });
    onShown();
  }, [wanted, onShown]);
  const look = kindLook[step.kind];
  const waiting = isWaiting(step, status);
  return (
    <li className="relative flex">
      <span
        aria-hidden
        className={clsx(
          'w-1.5 shrink-0',
          look.fill,
          waiting && 'opacity-30',
          status === 'cached' && 'opacity-55',
        )}
      />
      <div className="min-w-0 flex-1 border-b border-line">
        <button
          ref={head}
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={props.onToggle}
          className="flex min-h-9 w-full scroll-mt-16 items-center gap-2 px-2 py-1 text-left -outline-offset-2 hover:bg-hover max-sm:flex-wrap max-sm:gap-y-0 pointer-coarse:min-h-11"
        >
          <StepHead step={step} status={status} open={open} span={props.span} ended={props.ended} />
        </button>
        {open ? (
          <div
            id={id}
            onPointerDown={props.onUse}
            onFocus={props.onUse}
            className="flex flex-col gap-3 px-2 pt-1 pb-3 sm:pl-8"
          >
            <StepError step={step} lineHref={props.lineHref} />
            {step.progress.length > 0 ? <StepProgress bars={step.progress} /> : null}
            {props.log?.()}
            {!props.log && step.progress.length === 0 && !step.error ? (
              <p className="text-sm text-muted">{emptyText(step, status)}</p>
            ) : null}
          </div>
        ) : null}
      </div>
    </li>
  );
}

/** Its place, stage and instruction, and how it goes. */
function StepHead({
  step,
  status,
  open,
  span,
  ended,
}: Pick<StepRowProps, 'step' | 'status' | 'open' | 'span' | 'ended'>) {
  const name = parseStepName(step.name);
  const waiting = isWaiting(step, status);
  const share = status === 'running' ? shareOf(step.progress) : null;
  return (
    <>
      <ChevronRight
        aria-hidden
        className={clsx('size-3.5 shrink-0 text-faint transition-transform', open && 'rotate-90')}
      />
      <StatusIcon status={status} />
      {name.place ? (
        <span className="shrink-0 text-xs text-faint tabular-nums sm:w-10">{name.place}</span>
      ) : null}
      {name.stage ? (
        <span className="max-w-40 shrink-0 truncate rounded-sm border border-line px-1 text-xs text-muted">
          {name.stage}
        </span>
      ) : null}
      <span
        title={step.name}
        className={clsx(
          'min-w-0 flex-1 font-mono text-sm max-sm:order-last max-sm:basis-full',
          open ? 'break-words' : 'truncate',
          waiting && 'text-faint',
        )}
      >
        {name.keyword ? (
          <span className={clsx('font-semibold', kindLook[step.kind].text)}>{name.keyword} </span>
        ) : null}
        {name.text}
      </span>
      {share === null ? null : (
        <span className="text-xs text-running-ink tabular-nums">{Math.floor(share * 100)}%</span>
      )}
      {status === 'cached' ? <span className="text-xs text-cached-ink">cached</span> : null}
      {status === 'cancelled' ? (
        <span className="text-xs text-cancelled-ink">{waiting ? 'skipped' : 'cancelled'}</span>
      ) : null}
      <StepSpan step={step} status={status} span={span} ended={ended} />
      <span className="w-14 shrink-0 text-right text-xs text-muted max-sm:ml-auto max-sm:w-auto">
        {step.started === undefined || status === 'cached' ? null : (
          <Duration from={step.started} to={step.completed} live={!ended} />
        )}
      </span>
    </>
  );
}
