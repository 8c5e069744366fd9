import { clsx } from 'clsx';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import { StatusIcon, type Status } from '@/app/_components/ui/status-mark';
import type { EndStatus, ProgressState } from '@/lib/events/events';
import type { StepState } from '@/lib/events/state';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';

type Bar = StepState['progress'][number];

const looks: Record<ProgressState, { icon: Status; fill: string }> = {
  waiting: { icon: 'waiting', fill: 'fill-waiting' },
  active: { icon: 'running', fill: 'fill-running' },
  done: { icon: 'done', fill: 'fill-succeeded' },
  exists: { icon: 'cached', fill: 'fill-cached' },
  mounted: { icon: 'cached', fill: 'fill-cached' },
  failed: { icon: 'failed', fill: 'fill-failed' },
};

/** The engine's words for the state of a layer, and ours. */
const words: Record<string, string> = {
  'Pulling fs layer': 'Waiting',
  'Verifying Checksum': 'Verifying',
  'Download complete': 'Downloaded',
  'Pull complete': 'Pulled',
  'Already exists': 'Already present',
  'Loading layer': 'Loading',
};

const isThere = (state: ProgressState) => state === 'done' || state === 'exists' || state === 'mounted';

function shareOf({ state, current = 0, total }: Bar): number {
  if (isThere(state)) return 1;
  return total ? Math.min(1, current / total) : 0;
}

function sumUp(bars: Bar[]): string {
  const having = (state: ProgressState) => bars.filter((bar) => bar.state === state);
  const bytes = having('done').reduce((sum, { total = 0 }) => sum + total, 0);
  const parts: [number, string][] = [
    [having('done').length, bytes ? `done (${formatBytes(bytes)})` : 'done'],
    [having('exists').length, 'already present'],
    [having('active').length, 'in progress'],
    [having('waiting').length, 'waiting'],
  ];
  const said = parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  return `${formatCount(bars.length, 'part')}: ${said.join(', ')}`;
}

/** Progress by part: the layers of a pull, or the bytes of an archive. */
export function TransferBoard({
  bars,
  ended,
  title,
}: {
  bars: Bar[];
  ended: EndStatus | undefined;
  title: string;
}) {
  if (bars.length === 0) return null;
  return (
    <Panel title={title} meta={bars.length > 1 ? sumUp(bars) : undefined} padding="flush">
      <ul className="flex flex-col">
        {bars.map((bar) => (
          <TransferRow key={bar.id} bar={bar} ended={ended} />
        ))}
      </ul>
    </Panel>
  );
}

function TransferRow({ bar, ended }: { bar: Bar; ended: EndStatus | undefined }) {
  const { icon, fill } = looks[bar.state];
  const stopped = ended !== undefined && ended !== 'succeeded' && !isThere(bar.state);
  const layer = /^[a-f0-9]{12}$/.test(bar.id);
  const word = stopped ? 'Stopped' : layer ? (words[bar.label] ?? bar.label) : bar.label;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0 sm:grid-cols-[10rem_minmax(0,1fr)_10rem]">
      <span className="flex min-w-0 items-center gap-1.5 text-sm">
        <span aria-hidden className="inline-flex">
          <StatusIcon status={stopped ? 'cancelled' : icon} className="size-3.5" />
        </span>
        {layer ? <span className="font-mono text-muted">{bar.id}</span> : word}
        {layer ? <span className="truncate sm:hidden">{word}</span> : null}
      </span>
      <span className="text-right text-sm whitespace-nowrap text-muted tabular-nums sm:order-last">
        <Bytes bar={bar} />
      </span>
      <span className="flex items-center gap-3 max-sm:col-span-2">
        {layer ? <span className="w-24 text-sm max-sm:hidden">{word}</span> : null}
        <svg aria-hidden className="block h-1.5 min-w-0 flex-1 overflow-hidden rounded-full">
          <rect width="100%" height="100%" className="fill-waiting-soft" />
          <rect
            width={`${shareOf(bar) * 100}%`}
            height="100%"
            className={clsx(stopped ? 'fill-cancelled' : fill)}
          />
        </svg>
      </span>
    </li>
  );
}

function Bytes({ bar: { state, current, total } }: { bar: Bar }) {
  if (state === 'active' && current !== undefined && total) {
    return (
      <>
        <ByteSize bytes={current} /> of <ByteSize bytes={total} />
      </>
    );
  }
  const bytes = total ?? current;
  return bytes === undefined ? null : <ByteSize bytes={bytes} />;
}
