import { clsx } from 'clsx';
import { StatusIcon, type Status } from '@/app/_components/ui/status-mark';
import type { EndStatus, ProgressState } from '@/lib/events/events';
import type { Bar } from './arrange';

const looks: Record<ProgressState, { icon: Status; word: string; fill: string }> = {
  waiting: { icon: 'waiting', word: 'Waiting', fill: 'fill-waiting' },
  active: { icon: 'running', word: 'Sending', fill: 'fill-running' },
  done: { icon: 'done', word: 'Sent', fill: 'fill-succeeded' },
  exists: { icon: 'cached', word: 'Already there', fill: 'fill-cached' },
  mounted: { icon: 'cached', word: 'Mounted from another repository', fill: 'fill-cached' },
  failed: { icon: 'failed', word: 'Failed', fill: 'fill-failed' },
};

const isThere = (state: ProgressState) => state === 'done' || state === 'exists' || state === 'mounted';

/** Second line of a layer's row: its state and a progress bar. */
export function LayerState({ bar, ended }: { bar: Bar; ended: EndStatus | undefined }) {
  const stopped = ended !== undefined && !isThere(bar.state);
  const { icon, word, fill } = looks[bar.state];
  const share = isThere(bar.state) ? 1 : bar.total ? Math.min(1, (bar.current ?? 0) / bar.total) : 0;
  const words = stopped ? 'Not sent' : bar.retrying ? bar.label : word;
  return (
    <>
      <span className="flex items-center gap-1.5 text-sm whitespace-nowrap max-sm:col-span-3">
        <span aria-hidden className="inline-flex">
          <StatusIcon status={stopped ? 'cancelled' : icon} className="size-3.5" />
        </span>
        {words}
      </span>
      <svg
        aria-hidden
        className="col-span-2 block h-1.5 w-full overflow-hidden rounded-full max-sm:col-span-3"
      >
        <rect width="100%" height="100%" className="fill-waiting-soft" />
        <rect width={`${share * 100}%`} height="100%" className={clsx(stopped ? 'fill-cancelled' : fill)} />
      </svg>
    </>
  );
}
