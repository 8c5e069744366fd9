import { isWritten } from '@/lib/events/events';
import type { Bar, Timeline } from '@/lib/events/timeline';
import { type OperationState, statusOf, type StepState, type StepStatus } from '@/lib/events/state';

export interface TimelineRow {
  step: StepState;
  status: StepStatus;
  /** Undefined before the step has started. */
  bar?: Bar;
}

/** With more rows than this, only steps that took time are drawn. */
const manyRows = 30;
/** Share of the whole; shorter steps would be invisible. */
const visible = 0.01;

const written = (step: StepState) => isWritten(step.kind);

/** The rows to draw, and how many steps were left out as too short to see. */
export function rowsOf(
  state: OperationState,
  timeline: Timeline,
  all: boolean,
): { rows: TimelineRow[]; left: number } {
  const bars = new Map(timeline.bars.map((bar) => [bar.step.id, bar]));
  const least = (timeline.to - timeline.from) * visible;
  const many = state.steps.filter(written).length > manyRows;
  const rows = state.steps.map((step) => ({
    step,
    status: statusOf(step, state.end !== undefined),
    bar: bars.get(step.id),
  }));
  const shown = rows.filter(({ step, status, bar }) => {
    if (all || status === 'failed' || (bar && bar.to - bar.from >= least)) return true;
    return written(step) && !many;
  });
  return { rows: shown, left: rows.length - shown.length };
}

export interface Link {
  /** Row indexes. */
  from: number;
  to: number;
  /** Shares of the whole time: the end of one step and the start of the next. */
  end: number;
  start: number;
}

/** The critical path as lines from row to row; steps without a row are skipped. */
export function linksOf(rows: readonly TimelineRow[], timeline: Timeline): Link[] {
  const places = new Map(rows.map((row, index) => [row.step.id, index]));
  const share = (at: number) =>
    Math.min(1, Math.max(0, (at - timeline.from) / (timeline.to - timeline.from)));
  const drawn = timeline.path.filter((id) => places.has(id));
  return drawn.slice(1).map((id, index) => {
    const from = places.get(drawn[index]!)!;
    const to = places.get(id)!;
    return { from, to, end: share(rows[from]!.bar!.to), start: share(rows[to]!.bar!.from) };
  });
}
