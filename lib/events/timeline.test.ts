import { expect, test } from 'vitest';
import { emptyState, type OperationState, type StepState } from './state';
import { timelineOf } from './timeline';

const step = (
  id: string,
  from: number | undefined,
  to?: number,
  more: Partial<StepState> = {},
): StepState => ({
  id,
  name: id,
  kind: 'run',
  inputs: [],
  started: from,
  completed: to,
  cached: false,
  progress: [],
  lines: 0,
  openLines: [],
  clipped: false,
  ...more,
});

const stateOf = (steps: StepState[], ended = true): OperationState => ({
  ...emptyState,
  steps,
  ...(ended && { end: { status: 'succeeded' } }),
});

const after = (...inputs: string[]) => ({ inputs });

test('the critical path leads from the last end back over the latest predecessor', () => {
  const state = stateOf([
    step('metadata', 0, 100),
    step('from', 101, 110),
    step('quick', 110, 200, after('from')),
    step('slow', 110, 900, after('from')),
    step('copy', 901, 950, after('quick', 'slow')),
    step('export', 951, 1000),
  ]);
  const timeline = timelineOf(state, 5000)!;
  expect(timeline.path).toEqual(['metadata', 'from', 'slow', 'copy', 'export']);
  expect([timeline.from, timeline.to]).toEqual([0, 1000]);
  expect(timeline.pathTime).toBe(100 + 9 + 790 + 49 + 49);
  expect(timeline.bars.filter((bar) => !bar.critical).map((bar) => bar.step.id)).toEqual(['quick']);
});

test('cached steps delay nothing, however late they are reported', () => {
  const state = stateOf([
    step('slow', 0, 900),
    step('cached', 901, 902, { cached: true }),
    step('copy', 905, 950, after('cached', 'slow')),
  ]);
  expect(timelineOf(state, 0)!.path).toEqual(['slow', 'copy']);
});

test('the classic builder tells no inputs: each step waited for the one before', () => {
  const state = stateOf([step('1', 0, 10), step('2', 10, 40), step('3', 41, 60)]);
  expect(timelineOf(state, 0)!.path).toEqual(['1', '2', '3']);
});

test('while it runs, running steps reach to now, and the path ends there', () => {
  const state = stateOf(
    [step('a', 0, 10), step('b', 10, 500, after('a')), step('c', 12), step('d', undefined)],
    false,
  );
  const timeline = timelineOf(state, 400)!;
  expect(timeline.to).toBe(500);
  expect(timelineOf(state, 800)!.path).toEqual(['a', 'c']);
  expect(timeline.bars.map((bar) => bar.status)).toEqual(['done', 'done', 'running']);
});

test('a step that was cut off reaches to the end of all', () => {
  const state = stateOf([step('a', 0, 10), step('b', 10)]);
  const bar = timelineOf(state, 70)!.bars[1]!;
  expect([bar.status, bar.from, bar.to]).toEqual(['cancelled', 10, 70]);
});

test('steps that name each other as inputs end the path, and nothing that ran has no timeline', () => {
  const state = stateOf([step('a', 0, 10, after('b')), step('b', 0, 10, after('a'))]);
  expect(timelineOf(state, 0)!.path).toHaveLength(2);
  expect(timelineOf(stateOf([]), 10)).toBeNull();
  expect(timelineOf(stateOf([step('a', 5, 5)]), 10)).toBeNull();
});
