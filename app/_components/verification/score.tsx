import { clsx } from 'clsx';
import { type Figures, formatScore, scoreOf } from '@/lib/comparisons/choices';
import { formatCount } from '@/lib/format/text';

export function Score({ figures }: { figures: Figures }) {
  const { agree, volatile, different, missing, extra } = figures;
  const counted = agree + different + missing + extra;
  const whole = scoreOf(figures) === 1;
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <span
        data-testid="score"
        className={clsx(
          'text-2xl font-semibold tracking-tight tabular-nums',
          whole ? 'text-succeeded-ink' : 'text-interrupted-ink',
        )}
      >
        {formatScore(figures)}
      </span>
      <span className="text-muted">
        {agree.toLocaleString('en-US')} of {formatCount(counted, 'changed path')} match
        {volatile > 0 ? `; ${formatCount(volatile, 'more differs', 'more differ')} only by time` : ''}
      </span>
    </div>
  );
}
