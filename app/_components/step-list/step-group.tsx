'use client';

import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { StatusIcon } from '@/app/_components/ui/status-mark';
import type { StepState, StepStatus } from '@/lib/events/state';
import { formatCount } from '@/lib/format/text';
import { formatDuration } from '@/lib/format/time';

/** A collapsible group of steps. */
export function StepGroup({
  label,
  steps,
  status,
  open,
  onToggle,
  children,
}: {
  label: string;
  steps: StepState[];
  status: StepStatus;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}) {
  const id = useId();
  const cached = steps.filter((step) => step.cached).length;
  const started = steps.flatMap((step) => step.started ?? []);
  const completed = steps.flatMap((step) => step.completed ?? []);
  const span =
    started.length > 0 && completed.length > 0 ? Math.max(...completed) - Math.min(...started) : null;
  return (
    <li>
      <div className="flex">
        <span aria-hidden className="w-1.5 shrink-0 bg-kind-neutral-soft" />
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={onToggle}
          className="flex min-h-9 min-w-0 flex-1 items-center gap-2 border-b border-line px-2 text-left text-muted -outline-offset-2 hover:bg-hover pointer-coarse:min-h-11"
        >
          <ChevronRight
            aria-hidden
            className={clsx('size-3.5 shrink-0 text-faint transition-transform', open && 'rotate-90')}
          />
          <StatusIcon status={status} />
          <span className="min-w-0 flex-1 truncate text-sm">
            {label}
            <span className="text-faint">
              {' '}
              · {formatCount(steps.length, 'step')}
              {cached > 0 ? `, ${cached} cached` : null}
            </span>
          </span>
          {span !== null && status !== 'running' ? (
            <span className="text-xs tabular-nums">{formatDuration(span)}</span>
          ) : null}
        </button>
      </div>
      {open ? (
        <ol id={id} className="pl-4">
          {children}
        </ol>
      ) : null}
    </li>
  );
}
