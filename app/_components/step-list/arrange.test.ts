import { expect, test } from 'vitest';
import type { OperationState, StepState } from '@/lib/events/state';
import { arrangeSteps, countSteps, groupOf, spanOf } from './arrange';

const step = (id: string, more: Partial<StepState> = {}): StepState => ({
  id,
  name: id,
  kind: 'run',
  inputs: [],
  cached: false,
  progress: [],
  lines: 0,
  openLines: [],
  clipped: false,
  started: 1000,
  completed: 2000,
  ...more,
});

const stateOf = (steps: StepState[], status?: 'failed' | 'succeeded'): OperationState => ({
  seq: 1,
  steps,
  warnings: [],
  ...(status && { end: { status } }),
});

const shape = (state: OperationState) =>
  arrangeSteps(state).map((part) => (part.type === 'step' ? part.step.id : part.steps.map((one) => one.id)));

test('BuildKit internals are grouped at the position of the first', () => {
  const state = stateOf([
    step('definition', { kind: 'internal' }),
    step('metadata', { kind: 'internal' }),
    step('from', { kind: 'base' }),
    step('ignore', { kind: 'internal' }),
    step('run'),
  ]);
  expect(shape(state)).toEqual([['definition', 'metadata', 'ignore'], 'from', 'run']);
});

test('the group of a step is found', () => {
  const state = stateOf([step('a', { kind: 'internal' }), step('b', { kind: 'internal' }), step('c')]);
  expect([groupOf(state, 'b'), groupOf(state, 'c'), groupOf(state, 'none')]).toEqual([
    'internal',
    null,
    null,
  ]);
});

test('a failed step of the builder is not hidden', () => {
  const state = stateOf(
    [
      step('a', { kind: 'internal' }),
      step('b', { kind: 'internal', error: 'not found' }),
      step('c', { kind: 'internal' }),
    ],
    'failed',
  );
  expect(shape(state)).toEqual([['a', 'c'], 'b']);
});

test('many steps before a failed one are grouped after the end only', () => {
  const steps = 'abcdefg'.split('').map((id) => step(id, { cached: id < 'd' }));
  const failed = step('failed', { error: 'exit code 1' });
  const after = step('after', { started: undefined, completed: undefined });
  expect(shape(stateOf([...steps, failed, after]))).toHaveLength(9);
  expect(shape(stateOf([...steps, failed, after], 'failed'))).toEqual([
    'abcdefg'.split(''),
    'failed',
    'after',
  ]);
  expect(shape(stateOf([...steps.slice(0, 3), failed], 'failed'))).toEqual(['a', 'b', 'c', 'failed']);
});

test('a group has the worst status of its steps', () => {
  const state = stateOf([
    step('a', { kind: 'internal', cached: true }),
    step('b', { kind: 'internal', completed: undefined }),
  ]);
  expect(arrangeSteps(state)[0]?.status).toBe('running');
});

test('counts of a build exclude BuildKit internals', () => {
  const state = stateOf(
    [
      step('base', { kind: 'base' }),
      step('i', { kind: 'internal' }),
      step('t', { kind: 'transfer' }),
      step('e', { kind: 'export' }),
      step('a', { cached: true }),
      step('b'),
      step('c', { error: 'x' }),
      step('d', { started: undefined, completed: undefined }),
    ],
    'failed',
  );
  expect(countSteps(state)).toEqual({ total: 5, cached: 1, failed: 1, done: 2 });
});

test('for other operations every step is counted', () => {
  const state = stateOf([step('tag', { kind: 'config' }), step('push', { kind: 'transfer' })], 'succeeded');
  expect(countSteps(state)).toEqual({ total: 2, cached: 0, failed: 0, done: 2 });
});

test('the timeline reaches from the first start to the last end, or to now', () => {
  const steps = [
    step('a', { started: 500, completed: 900 }),
    step('b', { started: 800, completed: undefined }),
  ];
  expect(spanOf(stateOf(steps), 5000)).toEqual({ from: 500, to: 5000 });
  expect(spanOf(stateOf(steps, 'failed'), 5000)).toEqual({ from: 500, to: 900 });
  expect(spanOf(stateOf([]), 5000)).toBeNull();
});
