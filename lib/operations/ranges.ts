import type { StoredEvent } from '@/lib/events/events';
import { foldLines, type OpenLines, shownLines } from '@/lib/events/lines';
import type { OperationState } from '@/lib/events/state';

/** The lines of one step that one chunk touches. `tail` is what the chunk before left open. */
export interface LineRange {
  step: string;
  firstLine: number;
  /** One past the last, the open lines included. */
  endLine: number;
  tail: OpenLines;
}

/** Which lines a batch of events will write, given the state before it. */
export function lineRanges(before: OperationState, batch: readonly StoredEvent[]): LineRange[] {
  const ranges = new Map<string, LineRange & { lines: number; open: OpenLines }>();
  for (const event of batch) {
    if (event.type !== 'log') continue;
    let range = ranges.get(event.step);
    if (!range) {
      const step = before.steps.find((other) => other.id === event.step);
      const lines = step?.lines ?? 0;
      const open = step?.openLines ?? [];
      range = { step: event.step, firstLine: lines, endLine: lines, tail: open, lines, open };
      ranges.set(event.step, range);
    }
    const { ended, open } = foldLines(range.open, event.stream, event.text);
    range.lines += ended.length;
    range.open = open;
    range.endLine = range.lines + shownLines(open).length;
  }
  return [...ranges.values()].map(({ step, firstLine, endLine, tail }) => ({
    step,
    firstLine,
    endLine,
    tail,
  }));
}
