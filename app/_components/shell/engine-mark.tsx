'use client';

import { clsx } from 'clsx';
import { usePulse } from '@/app/_hooks/stream-provider';
import type { Pulse } from '@/lib/operations/status';

const words: Record<Pulse['engine']['state'], string> = {
  ready: 'ready',
  away: 'unreachable',
  denied: 'access denied',
  too_old: 'too old',
  stalled: 'stalled',
};

/** The engine's state beside its navigation entry; only a dot while it is ready. */
export function EngineMark() {
  const { state, message } = usePulse().engine;
  const ready = state === 'ready';
  return (
    <span
      title={message || undefined}
      className={clsx('flex items-center gap-1.5 text-xs', !ready && 'font-medium text-failed-ink')}
    >
      <span className={ready ? 'sr-only' : undefined}>{words[state]}</span>
      <svg aria-hidden viewBox="0 0 8 8" className={clsx('size-2', ready ? 'text-succeeded' : 'text-failed')}>
        {ready ? (
          <circle cx="4" cy="4" r="4" fill="currentColor" />
        ) : (
          <path d="M4 0 8 8H0z" fill="currentColor" />
        )}
      </svg>
    </span>
  );
}
