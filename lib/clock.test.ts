import { afterEach, expect, test, vi } from 'vitest';
import { earliestNow, startClock } from './clock';
import { continueIds, newId } from './ids';

const hourMs = 3_600_000;

afterEach(() => void vi.useRealTimers());

/** Sets the machine's clock; the monotonic one runs on. */
const setClock = (byMs: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + byMs });

test('the clock of a piece of work runs on when the machine’s is set', () => {
  const clock = startClock();
  const before = clock();
  setClock(-hourMs);
  expect(clock() - before).toBeGreaterThanOrEqual(0);
  expect(clock() - before).toBeLessThan(hourMs / 2);
  setClock(3 * hourMs);
  expect(clock() - before).toBeLessThan(hourMs / 2);
});

test('ids keep their order when the clock is set back, and over a restart with one that was ahead', () => {
  const before = newId();
  setClock(-hourMs);
  const after = newId();
  expect([after, before].toSorted()).toEqual([before, after]);
  const ahead = newId(Date.now() + 365 * 24 * hourMs);
  continueIds(ahead);
  const next = [newId(), newId()];
  expect([...next, ahead].toSorted()).toEqual([ahead, ...next]);
});

test('nothing becomes old by a clock that is set ahead, or back', () => {
  const before = earliestNow();
  setClock(365 * 24 * hourMs);
  expect(earliestNow() - before).toBeLessThan(hourMs / 2);
  vi.useRealTimers();
  setClock(-hourMs);
  expect(earliestNow()).toBeLessThan(before);
});
