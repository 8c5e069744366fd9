import { afterEach, expect, test, vi } from 'vitest';
import { openStepTimes } from './step-times';

const hourMs = 3_600_000;

afterEach(() => void vi.useRealTimers());

const setClock = (byMs: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + byMs });

/** What a step is said to have taken whose clock is set by so much while it runs. */
function took(byMs: number, clock: () => number = Date.now) {
  const correct = openStepTimes();
  const started = clock();
  correct({ type: 'step', step: 'a', started });
  setClock(byMs);
  const end = correct({ type: 'step', step: 'a', completed: clock() });
  return end.type === 'step' ? end.completed! - started : NaN;
}

test('a step has taken what has passed, also if the clock is set while it runs', () => {
  for (const byMs of [-hourMs, hourMs, 365 * 24 * hourMs]) {
    expect(took(byMs)).toBeGreaterThanOrEqual(-1);
    expect(took(byMs)).toBeLessThan(hourMs / 2);
  }
});

test('the times of an engine with a clock of its own are left alone', () => {
  let own = 1_000_000;
  expect(took(hourMs, () => (own += 2500))).toBe(2500);
});
