import { expect, test } from 'vitest';
import { reduce, emptyState, statusOf, type OperationState } from '@/lib/events/state';
import type { StoredEvent } from '@/lib/events/events';
import { opensByItself } from './use-open-steps';

const said: StoredEvent[] = [
  { seq: 1, type: 'step', step: 'a', name: 'RUN make', started: 1 },
  { seq: 2, type: 'log', step: 'a', stream: 'stdout', text: 'half\n' },
  { seq: 3, type: 'step', step: 'b', name: 'RUN true' },
];

function openSteps(state: OperationState): string[] {
  const ended = state.end !== undefined;
  return state.steps.filter((step) => opensByItself(step, statusOf(step, ended))).map(({ id }) => id);
}

test('a running step with output is open, and closes when it is done', () => {
  const running = reduce(emptyState, said);
  expect(openSteps(running)).toEqual(['a']);
  expect(openSteps(reduce(running, [{ seq: 4, type: 'step', step: 'a', completed: 2 }]))).toEqual([]);
});

test('a step that failed is open', () => {
  const failed = reduce(reduce(emptyState, said), [
    { seq: 4, type: 'step', step: 'b', error: 'exit code 1' },
  ]);
  expect(openSteps(failed)).toEqual(['a', 'b']);
});

test('an interrupted step stays open, and a skipped one stays closed', () => {
  for (const status of ['failed', 'cancelled', 'interrupted'] as const) {
    const over = reduce(reduce(emptyState, said), [{ seq: 4, type: 'end', status }]);
    expect(openSteps(over)).toEqual(['a']);
  }
});
