import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { StepKind } from '@/lib/events/events';
import { kindLook } from './kinds';

const tones = {
  neutral: 'bg-waiting-soft text-waiting-ink',
  info: 'bg-running-soft text-running-ink',
  success: 'bg-succeeded-soft text-succeeded-ink',
  warning: 'bg-interrupted-soft text-interrupted-ink',
  danger: 'bg-failed-soft text-failed-ink',
} as const;

export type BadgeTone = keyof typeof tones;

const shape =
  'inline-flex shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs leading-5 font-medium whitespace-nowrap';

/** A short label. Colour only if it means a state. */
export function Badge({ tone = 'neutral', children }: { tone?: BadgeTone; children: ReactNode }) {
  return <span className={clsx(shape, tones[tone])}>{children}</span>;
}

/** The kind of an instruction, in its colour. */
export function KindBadge({ kind }: { kind: StepKind }) {
  const look = kindLook[kind];
  return <span className={clsx(shape, 'font-mono', look.soft, look.text)}>{look.label}</span>;
}
