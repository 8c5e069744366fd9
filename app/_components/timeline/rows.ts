import { isWritten } from '@/lib/events/events';
import type { Bar, Timeline } from '@/lib/events/timeline';
import { type OperationState, statusOf, type StepState, type StepStatus } from '@/lib/events/state';

export interface TimelineRow {
  step: StepState;
  status: StepStatus;
  /** Absent while it waits, and where it never began. */
  bar?: Bar;
}

/** Beyond this many rows a picture is no longer one: then only what took time is drawn. */
const manyRows = 30;
/** Of the whole: shorter ones cannot be seen beside the others. */
const visible = 0.01;

const written = (step: StepState) => isWritten(step.kind);

/** The rows of the picture, and how many steps were left out because nothing of them could be seen. */
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
  /** Rows, from 0. */
  from: number;
  to: number;
  /** Shares of the whole time: where the one ended and the next began. */
  end: number;
  start: number;
}

/** The critical path as lines from row to row; steps that are not drawn are passed over. */
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
