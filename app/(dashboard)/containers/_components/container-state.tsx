import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { doingLabels, stateLabels } from '@/lib/containers/choices';
import type { ContainerChange } from '@/lib/containers/schema';
import type { ContainerHealth, ContainerState } from '@/lib/engine/containers/types';

interface Look {
  color: string;
  text: string;
  shape: ReactNode;
}

const idle: Look = {
  color: 'text-waiting',
  text: 'text-waiting-ink',
  shape: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.75" />,
};

const square = <rect x="2.75" y="2.75" width="10.5" height="10.5" rx="1.5" fill="currentColor" />;

/** Ended by a signal (128 + its number), as a stopped container does. */
const bySignal = new Set([130, 137, 143]);

// Each state has its own shape, so that it can be recognised without colour.
const looks = {
  idle,
  running: {
    color: 'text-succeeded',
    text: 'text-succeeded-ink',
    shape: (
      <path
        d="M4 2.2v11.6a.6.6 0 0 0 .9.5l9.6-5.8a.6.6 0 0 0 0-1L4.9 1.7a.6.6 0 0 0-.9.5z"
        fill="currentColor"
      />
    ),
  },
  paused: {
    color: 'text-interrupted',
    text: 'text-interrupted-ink',
    shape: <path d="M3.5 2h3v12h-3zm6 0h3v12h-3z" fill="currentColor" />,
  },
  changing: {
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
      </g>
    ),
  },
  ended: { ...idle, shape: square },
  killed: { color: 'text-interrupted', text: 'text-interrupted-ink', shape: square },
  failed: {
    color: 'text-failed',
    text: 'text-failed-ink',
    shape: (
      <>
        <path d="M5.1 1.25h5.8l3.85 3.85v5.8l-3.85 3.85H5.1L1.25 10.9V5.1z" fill="currentColor" />
        <path
          d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8"
          fill="none"
          stroke="var(--color-surface)"
          strokeWidth="1.9"
          strokeLinecap="round"
        />
      </>
    ),
  },
} satisfies Record<string, Look>;

interface ContainerStateProps {
  state: ContainerState;
  exitCode: number | null;
  outOfMemory?: boolean;
  health?: ContainerHealth | null;
  change?: ContainerChange | null;
}

function lookOf({ state, exitCode, outOfMemory, health, change }: ContainerStateProps): Look {
  if ((change && !change.failure) || state === 'restarting' || state === 'removing') return looks.changing;
  if (state === 'running') return health === 'unhealthy' ? looks.failed : looks.running;
  if (state === 'paused') return looks.paused;
  if (state === 'created') return exitCode ? looks.failed : looks.idle;
  if (state === 'dead' || outOfMemory) return looks.failed;
  if (!exitCode) return looks.ended;
  return bySignal.has(exitCode) ? looks.killed : looks.failed;
}

/** The conventional meaning of an exit code. */
function exitWords(code: number, outOfMemory = false): string {
  if (outOfMemory) return `${code}, out of memory`;
  if (code === 137) return '137, killed';
  if (code === 143) return '143, terminated';
  if (code === 127) return '127, command not found';
  if (code === 126) return '126, command cannot be run';
  return String(code);
}

function detailOf({ exitCode, outOfMemory, health, change }: ContainerStateProps): string | null {
  if (change && !change.failure) return doingLabels[change.verb];
  if (exitCode !== null) return `(${exitWords(exitCode, outOfMemory)})`;
  return health ? `(${health})` : null;
}

/** Shape, colour and label of a container's state. */
export function ContainerStateMark(props: ContainerStateProps) {
  const look = lookOf(props);
  const detail = detailOf(props);
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap',
        look.text,
      )}
    >
      <svg viewBox="0 0 16 16" aria-hidden className={clsx('size-3.5 shrink-0', look.color)}>
        {look.shape}
      </svg>
      {stateLabels[props.state]}
      {detail ? <span className="font-normal text-muted">{detail}</span> : null}
    </span>
  );
}
