import type { Timeline } from '@/lib/events/timeline';
import { formatDuration } from '@/lib/format/time';
import type { TimelineRow } from './rows';

/** What a row says of its step, in words and figures. */
export function figuresOf({ status, bar, step }: TimelineRow, timeline: Timeline): string[] {
  if (!bar) return [status === 'waiting' ? 'waits' : 'not begun'];
  const took = `${status === 'running' ? 'runs for' : 'took'} ${formatDuration(bar.to - bar.from)}`;
  const lines = step.lines + (step.open ? 1 : 0);
  return [
    ...(status === 'cached' ? ['from the cache'] : []),
    ...(status === 'failed' ? ['failed'] : []),
    ...(status === 'cancelled' ? ['not finished'] : []),
    `began at ${formatDuration(bar.from - timeline.from)}`,
    took,
    ...(bar.critical ? ['on the critical path'] : []),
    ...(lines > 0 ? [`${lines.toLocaleString('en-US')} ${lines === 1 ? 'line' : 'lines'} of output`] : []),
  ];
}
