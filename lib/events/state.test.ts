import { expect, test } from 'vitest';
import type { StoredEvent } from './events';
import { emptyState, reduce, statusOf } from './state';

const number = (events: object[]) =>
  events.map((event, index) => ({ ...event, seq: index + 1 }) as StoredEvent);

test('a step tells its status by its times, its cache mark and its error', () => {
  const events = number([
    { type: 'step', step: 'a', name: 'FROM', kind: 'base' },
    { type: 'step', step: 'a', started: 5 },
    { type: 'step', step: 'a', completed: 9, cached: true },
    { type: 'step', step: 'b', name: 'RUN', started: 9 },
    { type: 'step', step: 'b', completed: 12, error: 'exit code: 3' },
    { type: 'step', step: 'c' },
  ]);
  const state = reduce(emptyState, events);
  expect(state.steps.map((step) => statusOf(step, false))).toEqual(['cached', 'failed', 'waiting']);
  expect(state.steps.map((step) => statusOf(step, true))).toEqual(['cached', 'failed', 'cancelled']);
});

test('repeated events have no effect, in any batches', () => {
  const events = number([
    { type: 'log', step: 'a', stream: 'stdout', text: 'one\ntw' },
    { type: 'log', step: 'a', stream: 'stdout', text: 'o\n' },
    { type: 'progress', step: 'a', id: 'x', label: 'x', state: 'active', current: 1 },
    { type: 'progress', step: 'a', id: 'x', label: 'x', state: 'done', current: 2 },
    { type: 'warning', short: 'Careful' },
    { type: 'end', status: 'succeeded' },
  ]);
  const whole = reduce(emptyState, events);
  const pieces = reduce(reduce(reduce(emptyState, events.slice(0, 3)), events.slice(1, 5)), events);
  expect(pieces).toEqual(whole);
  expect(reduce(whole, events)).toBe(whole);
  expect(whole.steps[0]).toMatchObject({ lines: 2, openLines: [], progress: [{ id: 'x', current: 2 }] });
  expect(emptyState.steps).toEqual([]);
});
