import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import type { Bar } from './layer-board';

/** `5 layers: 2 sent (1.2 MB), 3 already there` */
export function sumUp(bars: Bar[]): string {
  const having = (...states: Bar['state'][]) => bars.filter(({ state }) => states.includes(state));
  const sent = having('done');
  const bytes = sent.reduce((sum, { total = 0 }) => sum + total, 0);
  const parts = [
    sent.length && `${sent.length} sent${bytes ? ` (${formatBytes(bytes)})` : ''}`,
    having('active').length && `${having('active').length} on the way`,
    having('exists').length && `${having('exists').length} already there`,
    having('mounted').length && `${having('mounted').length} mounted`,
    having('waiting').length && `${having('waiting').length} waiting`,
  ].filter(Boolean);
  return `${formatCount(bars.length, 'layer')}: ${parts.join(', ')}`;
}
