import type { StepState } from '@/lib/events/state';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import type { PushLayer } from '@/lib/images/schema';

export type Bar = StepState['progress'][number];

interface BoardRow {
  bar: Bar;
  layer: PushLayer | undefined;
}

/**
 * The engine reports layers from the top, under ids that not every engine tells beforehand. Known layers are put in the * image's order, base first; until the engine reports anything, all are waiting.
 */
export function arrange(bars: Bar[], layers: PushLayer[], ended: boolean): BoardRow[] {
  if (bars.length === 0 && !ended) {
    return layers.map((layer) => ({ layer, bar: { id: layer.id, label: 'Waiting', state: 'waiting' } }));
  }
  const place = new Map(layers.map((layer, index) => [layer.id, index]));
  return bars
    .toReversed()
    .map((bar) => ({ bar, layer: layers[place.get(bar.id) ?? -1] }))
    .toSorted((a, b) => (place.get(a.bar.id) ?? -1) - (place.get(b.bar.id) ?? -1));
}

/** `5 layers: 2 sent (1.2 MB), 3 already there`. After the end, no layer is in progress or waiting. */
export function sumUp(bars: Bar[], ended: boolean): string {
  const having = (state: Bar['state']) => bars.filter((bar) => bar.state === state);
  const sent = having('done').reduce((sum, { total = 0 }) => sum + total, 0);
  const left = bars.length - having('done').length - having('exists').length - having('mounted').length;
  const words: [number, string][] = [
    [having('done').length, sent > 0 ? `sent (${formatBytes(sent)})` : 'sent'],
    [having('exists').length, 'already there'],
    [having('mounted').length, 'mounted'],
    [ended ? left : 0, 'not sent'],
    [ended ? 0 : having('active').length, 'in progress'],
    [ended ? 0 : having('waiting').length, 'waiting'],
  ];
  const parts = words.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  return `${formatCount(bars.length, 'layer')}: ${parts.join(', ')}`;
}
