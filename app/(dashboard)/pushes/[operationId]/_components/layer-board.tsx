import { KindBadge } from '@/app/_components/ui/badge';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Panel } from '@/app/_components/ui/panel';
import type { EndStatus } from '@/lib/events/events';
import type { PushLayer } from '@/lib/images/schema';
import { LayerState } from './layer-state';
import { arrange, sumUp, type Bar } from './arrange';

interface LayerBoardProps {
  bars: Bar[];
  /** The known layers, base first. */
  layers: PushLayer[];
  ended: EndStatus | undefined;
}

/** The progress of each layer. */
export function LayerBoard({ bars, layers, ended }: LayerBoardProps) {
  const rows = arrange(bars, layers, ended !== undefined);
  if (rows.length === 0) return null;
  return (
    <Panel
      title="Layers"
      meta={sumUp(
        rows.map(({ bar }) => bar),
        ended !== undefined,
      )}
      padding="flush"
    >
      <ul className="flex flex-col">
        {rows.map(({ bar, layer }) => {
          return (
            <li
              key={bar.id}
              className="grid grid-cols-[6.5rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0"
            >
              <span className="font-mono text-sm text-muted">{bar.id}</span>
              <span className="flex min-w-0 items-center gap-2">
                {layer ? <KindBadge kind={layer.kind} /> : null}
                <code className="truncate font-mono text-sm" title={layer?.label}>
                  {layer?.label ?? ''}
                </code>
              </span>
              <span className="text-sm text-muted tabular-nums">
                <LayerBytes bar={bar} layer={layer} />
              </span>
              <LayerState bar={bar} ended={ended} />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function LayerBytes({ bar, layer }: { bar: Bar; layer: PushLayer | undefined }) {
  const total = bar.total ?? layer?.size;
  if (bar.state === 'active' && bar.current !== undefined && total) {
    return (
      <>
        <ByteSize bytes={bar.current} /> of <ByteSize bytes={total} />
      </>
    );
  }
  return total === undefined ? null : <ByteSize bytes={total} />;
}
