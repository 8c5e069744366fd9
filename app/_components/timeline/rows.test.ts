import { expect, test } from 'vitest';
import { emptyState, type OperationState, type StepState } from '@/lib/events/state';
import { timelineOf } from '@/lib/events/timeline';
import { linksOf, rowsOf } from './rows';
import { ticksOf } from './ticks';

const step = (id: string, kind: StepState['kind'], from?: number, to?: number): StepState => ({
  id,
  name: id,
  kind,
  inputs: [],
  started: from,
  completed: to,
  cached: false,
  progress: [],
  lines: 0,
  openLines: [],
  clipped: false,
});

const stateOf = (steps: StepState[]): OperationState => ({
  ...emptyState,
  steps,
  end: { status: 'succeeded' },
});

const shown = (state: OperationState, all = false) => {
  const { rows, left } = rowsOf(state, timelineOf(state, 0)!, all);
  return [rows.map((row) => row.step.id), left];
};

test('BuildKit internals are drawn if they took a visible time', () => {
  const state = stateOf([
    step('load', 'internal', 0, 1),
    step('metadata', 'internal', 1, 300),
    step('run', 'run', 300, 1000),
    step('never', 'run'),
  ]);
  expect(shown(state)).toEqual([['metadata', 'run', 'never'], 1]);
  expect(shown(state, true)).toEqual([['load', 'metadata', 'run', 'never'], 0]);
});

test('with many steps, only those with a visible duration are drawn', () => {
  const short = Array.from({ length: 60 }, (_, index) => step(`s${index}`, 'run', index, index + 1));
  const state = stateOf([...short, step('long', 'run', 60, 6000)]);
  expect(shown(state)).toEqual([['long'], 60]);
});

test('the critical path skips omitted rows', () => {
  const state = stateOf([
    step('a', 'run', 0, 400),
    step('b', 'internal', 400, 404),
    step('c', 'run', 500, 1000),
  ]);
  const timeline = timelineOf(state, 0)!;
  expect(timeline.path).toEqual(['a', 'b', 'c']);
  const { rows } = rowsOf(state, timeline, false);
  expect(linksOf(rows, timeline)).toEqual([{ from: 0, to: 1, end: 0.4, start: 0.5 }]);
});

test('the axis uses common units of time', () => {
  const labels = (span: number) => ticksOf(span).map((tick) => tick.label);
  expect(labels(350)).toEqual(['0s', '0.1s', '0.2s', '0.3s']);
  expect(labels(7_300)).toEqual(['0s', '2s', '4s', '6s']);
  expect(labels(62_000)).toEqual(['0s', '30s', '60s']);
  expect(labels(5 * 60_000)).toEqual(['0m', '2m', '4m']);
  expect(labels(3 * 3_600_000)).toEqual(['0h', '1h', '2h', '3h']);
  expect(labels(900 * 3_600_000)).toEqual(['0h', '225h', '450h', '675h', '900h']);
});
