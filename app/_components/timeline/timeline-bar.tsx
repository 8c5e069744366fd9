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

/**
 * Position of the chart between names (left) and times (right), shared by the axis, the path and the rows. On a phone
 * it is as wide as the row, below the name.
 */
export const chartInset = 'inset-x-0 sm:left-[34%] sm:right-16';
/** All rows have the same height, so that the path needs no measuring. */
const rowHeight = 'h-12 sm:h-8 sm:pointer-coarse:h-11';
/** From the middle of a row to the middle of its bar. */
export const barShift = 'max-sm:translate-y-3';

const word: Partial<Record<StepStatus, string>> = {
  cached: 'cached',
  waiting: 'waiting',
  cancelled: 'cancelled',
};

export function TimelineBar({
  row,
  timeline,
  active,
  isStop,
  onActive,
  onReach,
  onPick,
}: {
  row: TimelineRow;
  timeline: Timeline;
  active: boolean;
  /** The tab stop of the list; arrow keys move on from here. */
  isStop: boolean;
  onActive: () => void;
  onReach: () => void;
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
        onFocus={() => {
          onActive();
          onReach();
        }}
        tabIndex={isStop ? 0 : -1}
        className={clsx(
          'relative flex w-full items-center text-left -outline-offset-2',
          rowHeight,
          active && 'bg-hover',
        )}
      >
        <span className="flex min-w-0 items-center gap-1.5 pr-2 max-sm:absolute max-sm:inset-x-0 max-sm:top-1 max-sm:pr-16 sm:w-[34%] sm:shrink-0">
          <StatusIcon status={status} className="size-3.5" />
          {/* On a phone the path and the axis continue behind the name. */}
          <span className={clsx('min-w-0 truncate font-mono text-sm', !active && 'max-sm:bg-canvas')}>
            {stage ? <span className="text-faint">{stage} </span> : null}
            {keyword ? <span className={clsx('font-semibold', look.text)}>{keyword} </span> : null}
            {text}
          </span>
        </span>
        <span aria-hidden className={clsx('relative h-full min-w-0 flex-1', barShift)}>
          {bar ? <Shape bar={bar} timeline={timeline} /> : null}
        </span>
        <span
          aria-hidden
          className="w-16 shrink-0 pl-2 text-right text-xs text-muted tabular-nums max-sm:absolute max-sm:top-1.5 max-sm:right-0"
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
        'absolute top-1/2 h-2.5 -translate-y-1/2 rounded-xs sm:h-3.5',
        bar.critical && 'outline-[1.5px] outline-ink',
        bar.status === 'failed' ? 'bg-failed' : bar.status === 'cached' ? soft : fill,
        bar.status === 'cached' && 'border border-cached',
        bar.status === 'running' && 'animate-breathe',
        bar.status === 'cancelled' && 'opacity-60',
      )}
    />
  );
}
