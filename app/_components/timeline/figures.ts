import { shownLines } from '@/lib/events/lines';
import type { Timeline } from '@/lib/events/timeline';
import { formatDuration } from '@/lib/format/time';
import type { TimelineRow } from './rows';

/** The state and times of a row's step, as short phrases. */
export function figuresOf({ status, bar, step }: TimelineRow, timeline: Timeline): string[] {
  if (!bar) return [status === 'waiting' ? 'waiting' : 'skipped'];
  const took = `${status === 'running' ? 'running for' : 'took'} ${formatDuration(bar.to - bar.from)}`;
  const lines = step.lines + shownLines(step.openLines).length;
  return [
    ...(status === 'cached' ? ['cached'] : []),
    ...(status === 'failed' ? ['failed'] : []),
    ...(status === 'cancelled' ? ['cancelled'] : []),
    `started at ${formatDuration(bar.from - timeline.from)}`,
    took,
    ...(bar.critical ? ['on the critical path'] : []),
    ...(lines > 0 ? [`${lines.toLocaleString('en-US')} ${lines === 1 ? 'line' : 'lines'} of output`] : []),
  ];
}
