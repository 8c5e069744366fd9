'use client';

import { clsx } from 'clsx';
import { parseStepName } from '@/app/_components/step-list/step-name';
import { kindLook } from '@/app/_components/ui/kinds';
import { StatusIcon } from '@/app/_components/ui/status-mark';
import type { StepStatus } from '@/lib/events/state';
import type { Bar, Timeline } from '@/lib/events/timeline';
import { formatDuration } from '@/lib/format/time';
import { figuresOf } from './figures';
import type { TimelineRow } from './rows';

/** Where the chart lies beside the names (left) and the times (right): the same for the axis, the path and the rows. */
export const chartInset = 'left-[38%] right-14 sm:left-[34%] sm:right-16';
const nameWidth = 'w-[38%] sm:w-[34%]';
const timeWidth = 'w-14 sm:w-16';

const word: Partial<Record<StepStatus, string>> = {
  cached: 'cached',
  waiting: 'waits',
  cancelled: 'cut off',
};

export function TimelineBar({
  row,
  timeline,
  active,
  onActive,
  onPick,
}: {
  row: TimelineRow;
  timeline: Timeline;
  active: boolean;
  onActive: () => void;
  onPick: () => void;
}) {
  const { step, status, bar } = row;
  const { keyword, text, stage } = parseStepName(step.name);
  const look = kindLook[step.kind];
  return (
    <li>
      <button
        type="button"
        onClick={onPick}
        onPointerEnter={onActive}
        onFocus={onActive}
        className={clsx(
          'flex h-8 w-full items-center text-left -outline-offset-2 pointer-coarse:h-11',
          active && 'bg-hover',
        )}
      >
        <span className={clsx('flex min-w-0 shrink-0 items-center gap-1.5 pr-2', nameWidth)}>
          <StatusIcon status={status} className="size-3.5" />
          <span className="min-w-0 truncate font-mono text-sm">
            {stage ? <span className="text-faint max-sm:sr-only">{stage} </span> : null}
            {keyword ? <span className={clsx('font-semibold', look.text)}>{keyword} </span> : null}
            {text}
          </span>
        </span>
        <span aria-hidden className="relative h-full min-w-0 flex-1">
          {bar ? <Shape bar={bar} timeline={timeline} /> : null}
        </span>
        <span
          aria-hidden
          className={clsx('shrink-0 pl-2 text-right text-xs text-muted tabular-nums', timeWidth)}
        >
          {word[status] ?? (bar ? formatDuration(bar.to - bar.from) : null)}
        </span>
        <span className="sr-only">, {figuresOf(row, timeline).join(', ')}. Show its log.</span>
      </button>
    </li>
  );
}

function Shape({ bar, timeline }: { bar: Bar; timeline: Timeline }) {
  const whole = timeline.to - timeline.from;
  const left = ((bar.from - timeline.from) / whole) * 100;
  const width = ((bar.to - bar.from) / whole) * 100;
  const { fill, soft } = kindLook[bar.step.kind];
  return (
    <span
      style={{ left: `min(${left}%, 100% - 4px)`, width: `max(${width}%, 4px)` }}
      className={clsx(
        'absolute top-1/2 h-3.5 -translate-y-1/2 rounded-xs',
        bar.critical && 'outline-[1.5px] outline-ink',
        bar.status === 'failed' ? 'bg-failed' : bar.status === 'cached' ? soft : fill,
        bar.status === 'cached' && 'border border-cached',
        bar.status === 'running' && 'animate-breathe',
        bar.status === 'cancelled' && 'opacity-60',
      )}
    />
  );
}
