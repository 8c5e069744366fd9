'use client';

import { useNow } from '@/app/_hooks/use-now';
import type { StepState, StepStatus } from '@/lib/events/state';

const fills: Partial<Record<StepStatus, string>> = {
  running: 'fill-running',
  failed: 'fill-failed',
  cancelled: 'fill-cancelled',
  cached: 'fill-cached',
};

/** The time range of a step as a bar. Hidden from screen readers: the duration is beside it. */
export function StepSpan({
  step,
  status,
  span,
  ended,
}: {
  step: StepState;
  status: StepStatus;
  span: { from: number; to: number } | null;
  ended: boolean;
}) {
  const now = useNow(ended || status !== 'running' ? 'still' : 'fast');
  if (!span || step.started === undefined) return <span className="w-24 shrink-0 max-lg:hidden" />;
  const whole = span.to - span.from;
  const to = step.completed ?? (ended ? step.started : Math.max(now, step.started));
  const x = ((step.started - span.from) / whole) * 100;
  const width = Math.min(100 - x, ((to - step.started) / whole) * 100);
  return (
    <svg aria-hidden className="h-2 w-24 shrink-0 max-lg:hidden">
      <rect y="3.5" width="100%" height="1" className="fill-line" />
      <rect
        x={`${Math.min(x, 98)}%`}
        width={`${Math.max(width, 2)}%`}
        height="100%"
        rx="1"
        className={fills[status] ?? 'fill-muted'}
      />
    </svg>
  );
}
