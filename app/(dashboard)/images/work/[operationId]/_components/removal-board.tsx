import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import { StatusIcon, type Status } from '@/app/_components/ui/status-mark';
import type { EndStatus, ProgressState } from '@/lib/events/events';
import type { StepState } from '@/lib/events/state';
import { formatBytes } from '@/lib/format/bytes';
import type { RemovalInput, RemovalResult } from '@/lib/images/removal/schema';
import { ImageLink } from './facts';

type Bar = StepState['progress'][number];

const icons: Record<ProgressState, Status> = {
  waiting: 'waiting',
  active: 'running',
  done: 'done',
  exists: 'done',
  mounted: 'done',
  failed: 'failed',
};

/** Each image of a removal: removed, or kept with the reason. */
export function RemovalBoard({
  input,
  result,
  bars,
  ended,
}: {
  input: RemovalInput;
  result: RemovalResult | null;
  bars: Bar[];
  ended: EndStatus | undefined;
}) {
  const byId = new Map(bars.map((bar) => [bar.id, bar]));
  const gone = bars.filter(({ state }) => state === 'done').length;
  const freed = result ? `, ${result.roomIsLeast ? 'at least ' : ''}${formatBytes(result.room)} freed` : '';
  const meta = `${gone} of ${input.images.length} removed${freed}`;
  return (
    <Panel title="Images" meta={meta} padding="flush">
      <ul className="flex flex-col">
        {input.images.map(({ id, name, tags, size }) => {
          const bar = byId.get(id);
          const state = bar?.state ?? 'waiting';
          const untouched = ended !== undefined && (state === 'waiting' || state === 'active');
          return (
            <li
              key={id}
              className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-2.5 gap-y-0.5 border-b border-line py-2 last:border-b-0"
            >
              <span aria-hidden className="inline-flex self-center">
                <StatusIcon status={untouched ? 'cancelled' : icons[state]} />
              </span>
              <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
                {state === 'done' ? (
                  <span className="font-mono text-sm break-all">{name}</span>
                ) : (
                  <ImageLink id={id} name={name} />
                )}
                {tags.length > 1 ? (
                  <span className="font-mono text-sm break-all text-muted">{tags.slice(1).join(', ')}</span>
                ) : null}
              </span>
              <ByteSize bytes={size} />
              <span className="col-start-2 text-sm text-muted">
                {untouched ? 'Not removed' : (bar?.label ?? 'Waiting')}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
