import { clsx } from 'clsx';
import type { ReactNode } from 'react';

interface ProgressProps {
  /** What is in progress; shown above the bar unless `labelHidden`. */
  label: string;
  labelHidden?: boolean;
  /** 0 to 1; undefined: indeterminate. */
  value?: number | null;
  /** Text at the end of the label: `12 MB of 40 MB`. */
  detail?: ReactNode;
  tone?: 'running' | 'succeeded' | 'failed' | 'waiting';
}

const tones = {
  running: 'fill-running',
  succeeded: 'fill-succeeded',
  failed: 'fill-failed',
  waiting: 'fill-waiting',
};

export function Progress({ label, labelHidden, value, detail, tone = 'running' }: ProgressProps) {
  const known = typeof value === 'number' && Number.isFinite(value);
  const share = known ? Math.min(1, Math.max(0, value)) : 0;
  return (
    <div className="min-w-0">
      {labelHidden && !detail ? null : (
        <div className="mb-1 flex justify-between gap-3 text-sm">
          <span className={clsx('min-w-0 truncate', labelHidden && 'sr-only')}>{label}</span>
          {detail ? <span className="whitespace-nowrap text-muted tabular-nums">{detail}</span> : null}
        </div>
      )}
      {/* SVG sets the width by an attribute: the Content-Security-Policy does not allow inline styles in server-rendered HTML. */}
      <svg
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known ? Math.round(share * 100) : undefined}
        className="block h-1 w-full overflow-hidden rounded-full"
      >
        <rect width="100%" height="100%" className="fill-waiting-soft" />
        {known ? (
          <rect width={`${share * 100}%`} height="100%" className={tones[tone]} />
        ) : (
          <rect width="33%" height="100%" className={clsx('animate-slide', tones[tone])} />
        )}
      </svg>
    </div>
  );
}
