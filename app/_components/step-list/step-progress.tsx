import { clsx } from 'clsx';
import { ByteSize } from '@/app/_components/ui/byte-size';
import type { ProgressState } from '@/lib/events/events';
import type { StepState } from '@/lib/events/state';
import { shortDigest } from '@/lib/format/text';

type Bar = StepState['progress'][number];

const words: Record<ProgressState, string> = {
  waiting: 'waiting',
  active: '',
  done: 'done',
  exists: 'already exists',
  mounted: 'mounted from another repository',
  failed: 'failed',
};

const fills: Record<ProgressState, string> = {
  waiting: 'fill-waiting',
  active: 'fill-running',
  done: 'fill-succeeded',
  exists: 'fill-cached',
  mounted: 'fill-cached',
  failed: 'fill-failed',
};

const isThere = (state: ProgressState) => state === 'done' || state === 'exists' || state === 'mounted';

/** The share from 0 to 1; null while unknown. */
export function shareOf(bars: Bar[]): number | null {
  let total = 0;
  let current = 0;
  for (const bar of bars) {
    if (!bar.total) continue;
    total += bar.total;
    current += isThere(bar.state) ? bar.total : Math.min(bar.current ?? 0, bar.total);
  }
  return total > 0 ? current / total : null;
}

function Amount({ value, unit }: { value: number; unit: Bar['unit'] }) {
  return unit === 'items' ? value.toLocaleString('en-US') : <ByteSize bytes={value} />;
}

/** Progress bars of a step: layers pulled or pushed, the context sent. */
export function StepProgress({ bars }: { bars: Bar[] }) {
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {bars.map((bar) => {
        const share = isThere(bar.state) ? 1 : bar.total ? Math.min(1, (bar.current ?? 0) / bar.total) : null;
        return (
          <li
            key={bar.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 sm:grid-cols-[minmax(6rem,14rem)_minmax(0,1fr)_13rem]"
          >
            <span className="truncate font-mono text-xs" title={bar.label}>
              {/^(sha256:)?[0-9a-f]{12,}$/.test(bar.id) ? shortDigest(bar.id) : bar.label}
            </span>
            <svg
              role="progressbar"
              aria-label={bar.label}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={share === null ? undefined : Math.round(share * 100)}
              className="h-1.5 w-full overflow-hidden rounded-full max-sm:order-last max-sm:col-span-2"
            >
              <rect width="100%" height="100%" className="fill-waiting-soft" />
              {share === null ? (
                bar.state === 'active' ? (
                  <rect width="33%" height="100%" className={clsx('animate-slide', fills.active)} />
                ) : null
              ) : (
                <rect width={`${share * 100}%`} height="100%" className={fills[bar.state]} />
              )}
            </svg>
            <span className="text-xs whitespace-nowrap text-muted tabular-nums">
              {bar.current !== undefined && bar.state === 'active' ? (
                <Amount value={bar.current} unit={bar.unit} />
              ) : null}
              {bar.current !== undefined && bar.state === 'active' && bar.total ? ' of ' : null}
              {bar.total ? <Amount value={bar.total} unit={bar.unit} /> : null}
              {words[bar.state] ? (
                <span className={clsx(bar.total && 'ml-2', bar.state === 'failed' && 'text-failed-ink')}>
                  {words[bar.state]}
                </span>
              ) : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
