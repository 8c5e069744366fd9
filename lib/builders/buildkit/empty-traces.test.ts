import { expect, test } from 'vitest';
import { EmptyTraces } from './empty-traces';

/** Notes records every so many ms; how many were noted when it said endless, or null. */
function endlessAfter(records: number, everyMs: number, isEmpty = (_index: number) => true) {
  let now = 0;
  const traces = new EmptyTraces(() => now);
  for (let index = 0; index < records; index++, now += everyMs)
    if (traces.areEndless(isEmpty(index))) return index + 1;
  return null;
}

test('a thousand empty records in a moment are endless', () => {
  expect(endlessAfter(5_000, 0.05)).toBe(1_000);
  expect(endlessAfter(5_000, 5)).toBe(1_000);
});

test('empty records that come slowly may go on for hours', () => {
  expect(endlessAfter(10 * 3600 * 4, 100)).toBeNull();
});

test('a record that tells something starts the count again', () => {
  expect(endlessAfter(20_000, 0.05, (index) => index % 999 !== 0)).toBeNull();
});
