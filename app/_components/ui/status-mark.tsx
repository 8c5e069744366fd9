import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/**
 * States of operations and steps; a step's `done` is an operation's `succeeded`, its `waiting` an operation's
 * `queued`.
 */
export type Status =
  'queued' | 'waiting' | 'running' | 'succeeded' | 'done' | 'cached' | 'failed' | 'cancelled' | 'interrupted';

const knockout = {
  fill: 'none',
  stroke: 'var(--color-surface)',
  strokeWidth: 1.9,
  strokeLinecap: 'round',
} as const;

const waiting = {
  color: 'text-waiting',
  text: 'text-waiting-ink',
  shape: (
    <circle
      cx="8"
      cy="8"
      r="5.75"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="2.2 2.3"
    />
  ),
};

const succeeded = {
  color: 'text-succeeded',
  text: 'text-succeeded-ink',
  shape: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="currentColor" />
      <path d="m5 8.3 2 2 4-4.4" {...knockout} strokeLinejoin="round" />
    </>
  ),
};

// Each state has its own shape, so that it does not depend on colour.
const looks: Record<Status, { label: string; color: string; text: string; shape: ReactNode }> = {
  queued: { label: 'Queued', ...waiting },
  waiting: { label: 'Waiting', ...waiting },
  running: {
    label: 'Running',
    color: 'text-running',
    text: 'text-running-ink',
    shape: (
      <g fill="none" stroke="currentColor" strokeWidth="2">
        <circle cx="8" cy="8" r="5.75" strokeOpacity=".25" />
        <path
          d="M13.75 8A5.75 5.75 0 0 0 8 2.25"
          strokeLinecap="round"
          className="origin-center animate-turn"
        />
        <circle cx="8" cy="8" r="1.4" fill="currentColor" stroke="none" />
      </g>
    ),
  },
  succeeded: { label: 'Succeeded', ...succeeded },
  done: { label: 'Done', ...succeeded },
  cached: {
    label: 'Cached',
    color: 'text-cached',
    text: 'text-cached-ink',
    shape: (
      <>
        <path
          d="M5 2.25h7.5A1.25 1.25 0 0 1 13.75 3.5V11"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        <rect x="2" y="4.5" width="9.5" height="9.5" rx="1.5" fill="currentColor" />
        <path d="m4.5 9.4 1.6 1.6 2.9-3.2" {...knockout} strokeWidth="1.6" strokeLinejoin="round" />
      </>
    ),
  },
  failed: {
    label: 'Failed',
    color: 'text-failed',
    text: 'text-failed-ink',
    shape: (
      <>
        <path d="M5.1 1.25h5.8l3.85 3.85v5.8l-3.85 3.85H5.1L1.25 10.9V5.1z" fill="currentColor" />
        <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" {...knockout} />
      </>
    ),
  },
  cancelled: {
    label: 'Cancelled',
    color: 'text-cancelled',
    text: 'text-cancelled-ink',
    shape: (
      <g fill="none" stroke="currentColor" strokeWidth="1.75">
        <circle cx="8" cy="8" r="5.75" />
        <path d="m4 12 8-8" />
      </g>
    ),
  },
  interrupted: {
    label: 'Interrupted',
    color: 'text-interrupted',
    text: 'text-interrupted-ink',
    shape: (
      <>
        <path
          d="M8 1.2c.5 0 .9.25 1.15.7l5.6 10.2c.5.9-.15 2-1.15 2H2.4c-1 0-1.65-1.1-1.15-2L6.85 1.9c.25-.45.65-.7 1.15-.7z"
          fill="currentColor"
        />
        <path d="M8 5.6v3.6m0 2.3v.05" {...knockout} />
      </>
    ),
  },
};

export const statusLabel = (status: Status) => looks[status].label;

/** Only the shape; the word is for screen readers. */
export function StatusIcon({ status, className = 'size-4' }: { status: Status; className?: string }) {
  const look = looks[status];
  return (
    <svg
      viewBox="0 0 16 16"
      role="img"
      aria-label={look.label}
      className={clsx('shrink-0', look.color, className)}
    >
      {look.shape}
    </svg>
  );
}

/** Shape, colour and word; `detail` follows the word: `Queued, next in queue`. */
export function StatusMark({ status, detail }: { status: Status; detail?: string }) {
  const look = looks[status];
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap',
        look.text,
      )}
    >
      <svg viewBox="0 0 16 16" aria-hidden className={clsx('size-4 shrink-0', look.color)}>
        {look.shape}
      </svg>
      {look.label}
      {detail ? <span className="font-normal text-muted">{detail}</span> : null}
    </span>
  );
}
