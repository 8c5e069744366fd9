'use client';

import { clsx } from 'clsx';
import { type KeyboardEvent, useState } from 'react';
import { kindLook } from '@/app/_components/ui/kinds';
import { Panel } from '@/app/_components/ui/panel';
import { Button } from '@/app/_components/ui/button';
import { useNow } from '@/app/_hooks/use-now';
import { isWritten, stepKinds } from '@/lib/events/events';
import type { OperationState, StepState } from '@/lib/events/state';
import { type Timeline as Times, timelineOf } from '@/lib/events/timeline';
import { formatCount } from '@/lib/format/text';
import { formatDuration } from '@/lib/format/time';
import { CriticalPath } from './critical-path';
import { figuresOf } from './figures';
import { linksOf, rowsOf, type TimelineRow } from './rows';
import { chartInset, TimelineBar } from './timeline-bar';
import { ticksOf } from './ticks';

/**
 * The steps of an operation on one time axis, with the critical path. A list of buttons, so that screen readers get the
 * same information.
 */
export function Timeline({
  state,
  endedAt,
  onPick,
}: {
  state: OperationState;
  /** End time in ms; null while it runs. */
  endedAt: number | null;
  onPick: (step: StepState) => void;
}) {
  const ended = state.end !== undefined;
  const now = useNow(ended ? 'still' : 'fast');
  const [all, setAll] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const [reached, setReached] = useState<string | null>(null);
  const timeline = timelineOf(state, ended ? (endedAt ?? now) : now);
  if (!timeline) return null;
  const { rows, left } = rowsOf(state, timeline, all);
  const shown = rows.find((row) => row.step.id === active);
  const stop = rows.find((row) => row.step.id === reached) ?? rows[0];
  return (
    <Panel title="Timeline" meta={<Summary timeline={timeline} ended={ended} />}>
      <Legend rows={rows} />
      <div
        role="toolbar"
        aria-label="Timeline"
        aria-orientation="vertical"
        tabIndex={-1}
        onKeyDown={moveAmongRows}
        className="relative"
      >
        <Axis span={timeline.to - timeline.from} />
        <CriticalPath rows={rows.length} links={linksOf(rows, timeline)} />
        <ol aria-label="Steps by time" className="relative pt-5" onPointerLeave={() => setActive(null)}>
          {rows.map((row) => (
            <TimelineBar
              key={row.step.id}
              row={row}
              timeline={timeline}
              active={row.step.id === active}
              isStop={row === stop}
              onActive={() => setActive(row.step.id)}
              onReach={() => setReached(row.step.id)}
              onPick={() => onPick(row.step)}
            />
          ))}
        </ol>
      </div>
      <div className="mt-1 flex min-h-11 flex-wrap items-center gap-x-4 text-sm text-muted">
        {/* Visual only: every row has the same text. */}
        <p aria-hidden className="min-w-0 flex-1 truncate max-sm:basis-full">
          {shown ? (
            <>
              <span className="font-mono text-ink">{shown.step.name}</span>{' '}
              {figuresOf(shown, timeline).join(', ')}
            </>
          ) : (
            'Select a step to view its log.'
          )}
        </p>
        {left > 0 || all ? (
          <Button size="small" variant="ghost" onClick={() => setAll(!all)}>
            {all
              ? 'Hide steps that took no time'
              : `Show ${formatCount(left, 'more step')} that took no time`}
          </Button>
        ) : null}
      </div>
    </Panel>
  );
}

/** The list is one tab stop; arrow keys move between rows. */
function moveAmongRows(event: KeyboardEvent<HTMLDivElement>) {
  const rows = [...event.currentTarget.querySelectorAll('button')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  rows[to]?.focus();
}

function Summary({ timeline, ended }: { timeline: Times; ended: boolean }) {
  const whole = timeline.to - timeline.from;
  return (
    <span className="tabular-nums">
      {formatDuration(whole)}
      {ended ? `, ${formatDuration(Math.min(whole, timeline.pathTime))} on the critical path` : null}
    </span>
  );
}

function Legend({ rows }: { rows: readonly TimelineRow[] }) {
  const kinds = stepKinds.filter((kind) => rows.some((row) => row.step.kind === kind));
  const names = new Map(
    kinds.map((kind) => [isWritten(kind) ? kindLook[kind].meaning : 'BuildKit internals', kind]),
  );
  return (
    <ul aria-hidden className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
      {[...names].map(([name, kind]) => (
        <li key={name} className="flex items-center gap-1.5">
          <span className={clsx('size-2.5 rounded-xs', kindLook[kind].fill)} />
          {name}
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <span className="h-2.5 w-4 rounded-xs outline-2 outline-ink" />
        Critical path
      </li>
    </ul>
  );
}

function Axis({ span }: { span: number }) {
  return (
    <div aria-hidden className={clsx('absolute inset-y-0', chartInset)}>
      {ticksOf(span).map((tick) => (
        <span
          key={tick.at}
          className="absolute inset-y-0 border-l border-line pl-1 text-xs leading-5 text-faint tabular-nums"
          style={{ left: `${(tick.at / span) * 100}%` }}
        >
          {/* No space for a label at the very end. */}
          {tick.at / span < 0.9 ? tick.label : null}
        </span>
      ))}
    </div>
  );
}
